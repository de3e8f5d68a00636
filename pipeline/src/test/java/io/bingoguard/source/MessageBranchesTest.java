package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.source.CorpusFixture.Cells;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MessageBranchesTest {
  @TempDir private Path folder;

  @Test
  void repeatedRepliesAndChangedQuestionsStandWithTheirOwnOtherSide() {
    assertThat(
            read(
                said("s", null, "system"),
                said("u1", "s", "user"),
                said("a1", "u1", "assistant"),
                said("a2", "u1", "assistant"),
                said("u2", "a1", "user"),
                said("u3", "a2", "user"),
                said("a3", "u3", "assistant"),
                said("t", "u2", "tool"),
                said("a4", "t", "assistant"),
                said("a5", "t", "assistant"),
                said("a6", "deleted", "assistant")))
        .containsExactly(
            cell("c", 0, "u1", "a1", null),
            cell("c", 1, "u2", "a4", null),
            cell("c", 2, "u2", "a5", null),
            cell("c", 3, "u1", "a2", null),
            cell("c", 4, "u3", "a3", null),
            cell("c", 5, null, "a6", null));
  }

  @Test
  void namesThatLeadToNoMessageLeaveTheListAsItIs() {
    assertThat(read(said("u", "c", "user"), said("a", "c", "assistant")))
        .containsExactly(cell("c", 0, "u", "a", null));
  }

  @Test
  void noMessageIsLostOrDoubledWhateverTheParents() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      List<Map<String, Object>> messages = new ArrayList<>();
      int size = 1 + random.nextInt(8);
      for (int place = 0; place < size; place++) {
        String id = "m" + place;
        messages.add(
            said(
                id,
                random.nextInt(4) == 0 ? null : "m" + random.nextInt(size + 1),
                random.nextBoolean() ? "user" : "assistant"));
      }
      Collections.shuffle(messages, random);
      List<Turn> turns = MessageList.turns(Optional.of(messages));
      List<Turn> branches =
          MessageBranches.of(messages, turns).stream().flatMap(List::stream).toList();

      assertThat(branches).as("%s", messages).containsAll(turns);
      assertThat(branches.stream().filter(turn -> turn.speaker().equals("ASSISTANT")))
          .containsExactlyInAnyOrderElementsOf(
              turns.stream().filter(turn -> turn.speaker().equals("ASSISTANT")).toList());
    }
  }

  private List<Cells> read(Object... messages) {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(record("conversation_id", "c", "messages", List.of(messages))));
    return cells(open(file).batch().collectAsList());
  }

  /** A message that says its own id. */
  private static Map<String, Object> said(String id, String parent, String role) {
    return record("uuid", id, "parent_message_uuid", parent, "role", role, "content", id);
  }
}

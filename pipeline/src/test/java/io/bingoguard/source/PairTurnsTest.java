package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.json;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Prompts and replies that stand in columns of their own, in all the shapes they have. */
class PairTurnsTest {
  @TempDir private Path folder;

  @Test
  void readEveryReplyOfARequest() {
    Map<String, Object> request =
        record("body", record("messages", List.of(record("role", "user", "content", "q"))));
    List<Object> choices =
        List.of(
            record("index", 0, "message", record("role", "assistant", "content", "a0")),
            record("index", 1, "message", record("role", "assistant", "content", "a1")));
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "custom_id",
                    "1",
                    "request",
                    request,
                    "response",
                    record("body", record("choices", choices))),
                record(
                    "custom_id", "2", "request", json(request), "response", record("body", null))));
    Corpus corpus =
        open(
            CorpusRequest.of(file.toString())
                .column(ColumnRole.ID, "custom_id")
                .column(ColumnRole.PROMPT, "request.body.messages")
                .column(ColumnRole.RESPONSE, "response.body.choices"));
    assertThat(corpus.describe()).contains("prompt_messages=request.body.messages");
    assertThat(cells(corpus.batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", "a0", null),
            cell("1", 1, "q", "a1", null),
            cell("2", 0, "q", null, null));
    assertThatThrownBy(
            () ->
                open(
                    CorpusRequest.of(file.toString())
                        .column(ColumnRole.MESSAGES, "request.body.massages")))
        .hasMessageContaining("request.body.messages");
  }

  @Test
  void readEachOfSeveralReplies() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "1", "prompt", "q", "responses", List.of("a0", "a1")),
                record("id", "2", "prompt", "q", "responses", "[\"a0\", \"a1\"]"),
                record("id", "3", "prompt", "q", "responses", List.of()),
                record(
                    "id",
                    "4",
                    "prompt",
                    "q",
                    "responses",
                    Arrays.asList(record("model", "m", "text", "a0"), null, "a1")),
                record("id", "5", "prompt", List.of("q0", "q1"), "responses", List.of("a0", "a1")),
                record("id", "6", "prompt", List.of("q0", "q1"), "responses", null)));

    assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", "a0", null),
            cell("1", 1, "q", "a1", null),
            cell("2", 0, "q", "[\"a0\", \"a1\"]", null),
            cell("3", 0, "q", null, null),
            cell("4", 0, "q", "a0", null),
            cell("4", 1, "q", "a1", null),
            cell("5", 0, "q0", "a0", null),
            cell("5", 1, "q1", "a1", null),
            cell("6", 0, "q0", null, null),
            cell("6", 1, "q1", null, null));
  }

  @Test
  void readEveryColumnThatIsNamedForAResponse() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "1", "prompt", "q", "response", "a", "completion", "b"),
                record("id", "2", "prompt", "q", "response", "a", "completion", null)));
    CorpusRequest.Builder request =
        CorpusRequest.of(file.toString())
            .column(ColumnRole.RESPONSE, "completion")
            .column(ColumnRole.RESPONSE, "response");

    assertThat(cells(open(request).batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", "b", null),
            cell("1", 1, "q", "a", null),
            cell("2", 0, "q", "a", null));
  }

  @Test
  void readListsOfTurnsWhateverOtherRecordsHold() {
    List<String> asked = List.of("q0", "q1");
    List<String> answered = List.of("a0", "a1");
    for (Object other : Arrays.asList(List.of(), null, "")) {
      Path lists =
          writeLines(
              folder.resolve("lists.jsonl"),
              List.of(
                  record("id", "0", "prompt", other, "response", other),
                  record("id", "1", "prompt", asked, "response", answered)));
      Path texts =
          writeCsv(
              folder.resolve("texts.csv"),
              List.of("id", "prompt", "response"),
              List.of(List.of("0", "", "null"), List.of("1", json(asked), json(answered))));
      for (Path file : List.of(lists, texts)) {
        assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
            .contains(cell("1", 0, "q0", "a0", null), cell("1", 1, "q1", "a1", null));
      }
    }
  }

  @Test
  void judgeAHistoryOnceHoweverManyChoicesFollow() {
    List<Object> history =
        List.of(
            record("role", "user", "content", "q0"),
            record("role", "assistant", "content", "a0"),
            record("role", "user", "content", "q1"));
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "0", "prompt", history, "response", List.of()),
                record(
                    "id",
                    "1",
                    "prompt",
                    history,
                    "response",
                    List.of(
                        record("message", record("role", "assistant", "content", "a1")),
                        record("message", record("role", "assistant", "content", "a2"))))));

    assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
        .containsExactly(
            cell("0", 0, "q0", "a0", null),
            cell("0", 1, "q1", null, null),
            cell("1", 0, "q0", "a0", null),
            cell("1", 1, "q1", "a1", null),
            cell("1", 2, "q1", "a2", null));
  }

  @Test
  void readRepliesThatAreMessagesWithTheirPrompt() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "id",
                    "1",
                    "prompt",
                    "q",
                    "completion",
                    List.of(record("role", "assistant", "content", "a"))),
                record(
                    "id",
                    "2",
                    "prompt",
                    "q",
                    "completion",
                    List.of(
                        record("role", "assistant", "content", "a0"),
                        record("role", "assistant", "content", "a1"))),
                record(
                    "id",
                    "3",
                    "prompt",
                    "q0",
                    "completion",
                    List.of(
                        record("role", "assistant", "content", "a0"),
                        record("role", "user", "content", "q1"),
                        record("role", "assistant", "content", "a1")))));

    assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", "a", null),
            cell("2", 0, "q", "a0", null),
            cell("2", 1, "q", "a1", null),
            cell("3", 0, "q0", "a0", null),
            cell("3", 1, "q1", "a1", null));
  }

  @Test
  void readBothRepliesOfAnArena() {
    Path file =
        writeCsv(
            folder.resolve("m.csv"),
            List.of("id", "prompt", "response_a", "response_b"),
            List.of(
                List.of("1", "[\"q0\",\"q1\"]", "[\"a0\",\"a1\"]", "[\"b0\",null]"),
                List.of("2", "[\"q\"]", "[\"a\"]", "[\"b\"]")));
    assertThat(cells(open(file).batch().collectAsList()))
        .containsExactlyInAnyOrder(
            cell("1", 0, "q0", "a0", null),
            cell("1", 1, "q1", "a1", null),
            cell("1", 2, "q0", "b0", null),
            cell("1", 3, "q1", null, null),
            cell("2", 0, "q", "a", null),
            cell("2", 1, "q", "b", null));
  }

  @Test
  void keepAPromptThatIsJsonAsTextWhereOthersAreNot() {
    String list = "[{\"role\":\"user\",\"content\":\"x\"}]";
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "1", "prompt", "q", "response", "a"),
                record("id", "2", "prompt", list, "response", list)));
    assertThat(cells(open(file).batch().collectAsList()))
        .containsExactly(cell("1", 0, "q", "a", null), cell("2", 0, list, list, null));
  }
}

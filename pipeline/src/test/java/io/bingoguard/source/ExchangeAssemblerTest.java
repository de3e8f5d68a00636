package io.bingoguard.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.guard.Exchange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExchangeAssemblerTest {
  private static final List<String> ROLES =
      Arrays.asList("user", "Human", "assistant", "gpt", "system", "tool", "alien", "", null);

  @Test
  void pairsAnAnswerWithTheQuestionDirectlyBefore() {
    assertThat(rows("user:q1", "user:q2", "assistant:a2", "assistant:a3", "user:q4"))
        .containsExactly(
            SourceRow.of(Exchange.ofPrompt("q1")),
            SourceRow.of(Exchange.of("q2", "a2")),
            SourceRow.of(new Exchange(Optional.empty(), Optional.of("a3"))),
            SourceRow.of(Exchange.ofPrompt("q4")));
  }

  @Test
  void looksThroughSystemAndToolMessages() {
    assertThat(rows("system:s", "user:q", "tool:t", "system:s", "assistant:a"))
        .containsExactly(SourceRow.of(Exchange.of("q", "a")));
  }

  @Test
  void separatesWhatAMessageThatCannotBeJudgedStandsBetween() {
    assertThat(rows("user:q", "alien:x", "assistant:a"))
        .containsExactly(
            SourceRow.of(Exchange.ofPrompt("q")),
            SourceRow.rejected(Rejection.unknownRole("message 2", "alien")),
            SourceRow.of(new Exchange(Optional.empty(), Optional.of("a"))));
  }

  @Test
  void hasARowForAConversationWithoutMessages() {
    assertThat(ExchangeAssembler.assemble(List.of()))
        .containsExactly(SourceRow.rejected(Rejection.emptyConversation()));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void putsEachMessageOfAnyConversationIntoExactlyOneRow(long seed) {
    Random random = new Random(seed);
    for (int round = 0; round < 500; round++) {
      List<Object> messages = new ArrayList<>();
      List<String> expected = new ArrayList<>();
      int length = random.nextInt(12);
      for (int index = 0; index < length; index++) {
        String role = ROLES.get(random.nextInt(ROLES.size()));
        messages.add(message(role, "text" + index));
        Optional<MessageRole> known = role == null ? Optional.empty() : MessageRole.of(role);
        if (known.isEmpty()) {
          expected.add("rejected:message " + (index + 1));
        } else if (known.get() != MessageRole.CONTEXT) {
          expected.add(known.get() + ":text" + index);
        }
      }
      List<SourceRow> rows = ExchangeAssembler.assemble(MessageList.turns(Optional.of(messages)));
      assertThat(flattened(rows)).isEqualTo(expected.isEmpty() ? List.of("empty") : expected);
      assertThat(rows)
          .noneMatch(
              row ->
                  row.settled().isEmpty()
                      && row.exchange().prompt().isEmpty()
                      && row.exchange().response().isEmpty());
    }
  }

  /** The messages behind the rows, in their order. */
  private static List<String> flattened(List<SourceRow> rows) {
    List<String> pieces = new ArrayList<>();
    for (SourceRow row : rows) {
      row.exchange().prompt().ifPresent(text -> pieces.add(MessageRole.USER + ":" + text));
      row.exchange().response().ifPresent(text -> pieces.add(MessageRole.ASSISTANT + ":" + text));
      row.settled()
          .map(label -> label.problem().orElseThrow().message())
          .map(
              message ->
                  message.startsWith("message ")
                      ? "rejected:" + message.substring(0, message.indexOf(" has"))
                      : "empty")
          .ifPresent(pieces::add);
    }
    return pieces;
  }

  private static List<SourceRow> rows(String... rolesAndTexts) {
    List<Map<String, Object>> messages =
        Arrays.stream(rolesAndTexts)
            .map(message -> message.split(":", 2))
            .map(parts -> message(parts[0], parts[1]))
            .toList();
    return ExchangeAssembler.assemble(MessageList.turns(Optional.of(messages)));
  }

  private static Map<String, Object> message(String role, String text) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("role", role);
    message.put("content", text);
    return message;
  }
}

package io.bingoguard.source;

import io.bingoguard.guard.Exchange;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Pairs the messages of a conversation.
 *
 * <p>An exchange is a user message with the assistant message that directly follows. A user message
 * without one, and an assistant message without a user message directly before it, are exchanges
 * with the other side missing. System and tool messages do not separate a question from its answer;
 * a message that cannot be judged does, and has a row of its own.
 */
final class ExchangeAssembler {
  private ExchangeAssembler() {}

  /** The rows of a conversation, in its order; at least one. */
  static List<SourceRow> assemble(List<Turn> turns) {
    List<SourceRow> rows = new ArrayList<>();
    Optional<String> unanswered = Optional.empty();
    for (Turn turn : turns) {
      if (turn instanceof Turn.Message message) {
        switch (message.role()) {
          case USER -> {
            flush(unanswered, rows);
            unanswered = Optional.of(message.text());
          }
          case ASSISTANT -> {
            rows.add(SourceRow.of(new Exchange(unanswered, Optional.of(message.text()))));
            unanswered = Optional.empty();
          }
          case CONTEXT -> {}
        }
      } else if (turn instanceof Turn.Rejected rejected) {
        flush(unanswered, rows);
        unanswered = Optional.empty();
        rows.add(SourceRow.rejected(rejected.label()));
      }
    }
    flush(unanswered, rows);
    if (rows.isEmpty()) {
      rows.add(SourceRow.rejected(Rejection.emptyConversation()));
    }
    return rows;
  }

  private static void flush(Optional<String> unanswered, List<SourceRow> rows) {
    unanswered.ifPresent(text -> rows.add(SourceRow.of(Exchange.ofPrompt(text))));
  }
}

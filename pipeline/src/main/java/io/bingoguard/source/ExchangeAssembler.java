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
    Optional<Turn.Message> unanswered = Optional.empty();
    for (Turn turn : turns) {
      if (turn instanceof Turn.Message message) {
        switch (message.role()) {
          case USER -> {
            flush(unanswered, rows);
            unanswered = Optional.of(message);
          }
          case ASSISTANT -> {
            rows.add(row(unanswered, Optional.of(message)));
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

  /** The exchange of a question and its answer, either of which may be missing. */
  static SourceRow row(Optional<Turn.Message> question, Optional<Turn.Message> answer) {
    return SourceRow.of(
        new Exchange(question.map(Turn.Message::text), answer.map(Turn.Message::text)),
        question.map(Turn.Message::unreadParts).orElse(0)
            + answer.map(Turn.Message::unreadParts).orElse(0));
  }

  private static void flush(Optional<Turn.Message> unanswered, List<SourceRow> rows) {
    if (unanswered.isPresent()) {
      rows.add(row(unanswered, Optional.empty()));
    }
  }
}

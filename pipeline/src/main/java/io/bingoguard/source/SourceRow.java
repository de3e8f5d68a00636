package io.bingoguard.source;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import java.util.Objects;
import java.util.Optional;

/**
 * An exchange of a conversation, or a piece of it that is not to be judged.
 *
 * @param exchange the two sides; both absent for a rejected piece
 * @param unreadParts parts of its messages that are no text, such as images
 * @param settled the label of what is not to be judged
 */
record SourceRow(Exchange exchange, int unreadParts, Optional<SafetyLabel> settled) {
  private static final Exchange NOTHING = new Exchange(Optional.empty(), Optional.empty());

  SourceRow {
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(settled, "settled");
  }

  static SourceRow of(Exchange exchange) {
    return of(exchange, 0);
  }

  static SourceRow of(Exchange exchange, int unreadParts) {
    return new SourceRow(exchange, unreadParts, Optional.empty());
  }

  static SourceRow rejected(SafetyLabel label) {
    return new SourceRow(NOTHING, 0, Optional.of(label));
  }
}

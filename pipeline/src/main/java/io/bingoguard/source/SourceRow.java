package io.bingoguard.source;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import java.util.Objects;
import java.util.Optional;

/**
 * An exchange of a conversation, or a piece of it that is not to be judged.
 *
 * @param exchange the two sides; both absent for a rejected piece
 * @param settled the label of what is not to be judged
 */
record SourceRow(Exchange exchange, Optional<SafetyLabel> settled) {
  private static final Exchange NOTHING = new Exchange(Optional.empty(), Optional.empty());

  SourceRow {
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(settled, "settled");
  }

  static SourceRow of(Exchange exchange) {
    return new SourceRow(exchange, Optional.empty());
  }

  static SourceRow rejected(SafetyLabel label) {
    return new SourceRow(NOTHING, Optional.of(label));
  }
}

package io.bingoguard.source;

import io.bingoguard.guard.Exchange;
import java.util.Objects;
import java.util.Optional;

/**
 * An exchange of a conversation, or a piece of it that is not to be judged.
 *
 * @param exchange the two sides; both absent for a rejected piece
 * @param rejection why it is not judged
 */
record SourceRow(Exchange exchange, Optional<Rejection> rejection) {
  private static final Exchange NOTHING = new Exchange(Optional.empty(), Optional.empty());

  SourceRow {
    Objects.requireNonNull(exchange, "exchange");
    Objects.requireNonNull(rejection, "rejection");
  }

  static SourceRow of(Exchange exchange) {
    return new SourceRow(exchange, Optional.empty());
  }

  static SourceRow rejected(Rejection rejection) {
    return new SourceRow(NOTHING, Optional.of(rejection));
  }
}

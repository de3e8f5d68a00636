package io.bingoguard.evaluate;

import io.bingoguard.evaluate.metric.ScoredCase;
import io.bingoguard.guard.Exchange;
import java.util.Objects;
import java.util.Optional;

/**
 * A case whose verdict is not its gold label.
 *
 * @param number place in the set, from 0, as in the file of scores
 * @param side of which side the verdict is wrong
 * @param scored what it is, and what it was called
 * @param group the set's own kind of case
 * @param exchange the texts
 */
public record WrongCase(
    int number, EvaluatedSide side, ScoredCase scored, Optional<String> group, Exchange exchange) {
  public WrongCase {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(scored, "scored");
    Objects.requireNonNull(group, "group");
    Objects.requireNonNull(exchange, "exchange");
    if (scored.harmful() == scored.called()) {
      throw new IllegalArgumentException("case " + number + " is not wrong");
    }
  }
}

package io.bingoguard.audit.alarm;

import java.util.Objects;
import java.util.Optional;

/**
 * A figure that is watched from night to night.
 *
 * @param measure what is counted
 * @param side of what: {@code exchange}, {@code prompt} or {@code response}
 * @param dimension by what the exchanges are chosen: {@code all}, {@code source}, {@code language}
 *     or {@code category}
 * @param value the source, language or category; empty for {@code all} and for exchanges without
 *     one
 */
public record Figure(Measure measure, String side, String dimension, Optional<String> value) {
  /** All exchanges. */
  public static final String ALL = "all";

  public Figure {
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(value, "value");
  }

  /** A figure of all exchanges. */
  public static Figure ofAll(Measure measure, String side) {
    return new Figure(measure, side, ALL, Optional.empty());
  }
}

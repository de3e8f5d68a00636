package io.bingoguard.audit.metric;

import java.util.Objects;
import java.util.Optional;

/**
 * What is counted, and how.
 *
 * @param clock the column whose day is the night; empty to take {@code occurred_at} where the
 *     corpus has times
 * @param severeFrom least severity that is called severe
 * @param lowConfidence confidence below which the model was not sure
 * @param namedSources sources that each night is counted by, the largest; the others are one
 * @param namedLanguages the same of languages
 */
public record CountSettings(
    Optional<Clock> clock,
    int severeFrom,
    double lowConfidence,
    int namedSources,
    int namedLanguages) {
  /** What is used where nothing else is said. */
  public static final CountSettings USUAL = new CountSettings(Optional.empty(), 3, 0.75, 200, 30);

  public CountSettings {
    Objects.requireNonNull(clock, "clock");
  }

  /** All that decides counts: other settings make other counts of the same labels. */
  String countedBy() {
    return "severe from %d, confidence %s, %d sources, %d languages"
        .formatted(severeFrom, lowConfidence, namedSources, namedLanguages);
  }
}

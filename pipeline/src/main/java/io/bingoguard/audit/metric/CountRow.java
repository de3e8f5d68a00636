package io.bingoguard.audit.metric;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * Counts of one part of a night.
 *
 * @param night the day
 * @param side of what, as in {@code audit_metrics}
 * @param dimension by what the part is chosen, as in {@code audit_metrics}
 * @param value the source, language or category; empty where there is none
 * @param exchanges how many exchanges
 * @param judged messages with a verdict
 * @param harmful of these
 * @param severe of these
 * @param lowConfidence of these
 * @param truncated exchanges of which text was cut
 * @param offFormat exchanges whose answer is off format
 * @param errors exchanges that could not be judged
 * @param skipped exchanges without text, or left out for their language or length
 * @param confidence mean confidence; empty where nothing was judged
 * @param model what judged
 */
public record CountRow(
    LocalDate night,
    String side,
    String dimension,
    Optional<String> value,
    long exchanges,
    long judged,
    long harmful,
    long severe,
    long lowConfidence,
    long truncated,
    long offFormat,
    long errors,
    long skipped,
    Optional<Double> confidence,
    NightModel model) {
  public CountRow {
    Objects.requireNonNull(night, "night");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(confidence, "confidence");
    Objects.requireNonNull(model, "model");
  }

  /** Whether these are all exchanges, or all messages of the side. */
  public boolean isAll() {
    return dimension.equals("all");
  }
}

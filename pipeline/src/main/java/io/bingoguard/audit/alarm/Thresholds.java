package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.Objects;
import java.util.Optional;

/**
 * When a figure is out of the ordinary.
 *
 * @param windowNights days before the night, behind the gap, that it is compared with
 * @param gapNights days right before the night that it is not compared with, so that the second
 *     night of a change is not compared with its first
 * @param learningNights fewer nights than these are nothing to compare with
 * @param nightsToFalseAlarm on average at least so many nights pass until noise is taken for a
 *     change, over all figures together
 * @param patienceNights an alarm that goes on is told again after so many days
 * @param relativeChange least effect, as a share of the usual rate
 * @param absoluteChange least effect on a rate of harm, as a difference of shares
 * @param qualityChange the same for errors, off format, truncation and confidence
 * @param volumeDrop least drop of the volume, as a share of the usual
 * @param leastCount cases that the night would have at the rate of an alarm; with fewer a figure is
 *     not judged
 * @param leastVariation night-to-night variation, as a share of a figure, that is taken for granted
 *     even where nights were calmer
 * @param baseline first and last day of the fixed baseline; empty for the first nights that there
 *     are
 */
public record Thresholds(
    int windowNights,
    int gapNights,
    int learningNights,
    int nightsToFalseAlarm,
    int patienceNights,
    double relativeChange,
    double absoluteChange,
    double qualityChange,
    double volumeDrop,
    int leastCount,
    double leastVariation,
    Optional<Period> baseline) {
  /** What is used where nothing else is said. */
  public static final Thresholds USUAL =
      new Thresholds(56, 1, 21, 365, 7, 0.2, 0.002, 0.01, 0.3, 20, 0.02, Optional.empty());

  public Thresholds {
    Objects.requireNonNull(baseline, "baseline");
  }

  /**
   * Days from one to another, both included.
   *
   * @param from the first
   * @param to the last
   */
  public record Period(LocalDate from, LocalDate to) {
    public boolean has(LocalDate day) {
      return !day.isBefore(from) && !day.isAfter(to);
    }
  }

  /** Least difference of a rate that wakes anybody. */
  double absoluteChange(Measure measure) {
    return switch (measure) {
      case HARMFUL, SEVERE -> absoluteChange;
      case LOW_CONFIDENCE, TRUNCATED, ERRORS, OFF_FORMAT -> qualityChange;
      case VOLUME -> 0;
    };
  }

  /** Whether a change is large enough to wake anybody, whatever the evidence. */
  boolean isEffect(Measure measure, double figure, double usual) {
    double change = figure - usual;
    double relative = measure.isRate() ? relativeChange : volumeDrop;
    return measure.direction().counts(change)
        && Math.abs(change) >= relative * usual
        && Math.abs(change) >= absoluteChange(measure)
        && change != 0;
  }
}

package io.bingoguard.audit.alarm;

import java.util.Optional;

/**
 * A night beside others.
 *
 * @param usual the figure that they have
 * @param low a figure below which one usual night of forty is
 * @param high a figure above which one usual night of forty is
 * @param evidence for a change
 * @param nights how many they are
 */
public record Comparison(double usual, double low, double high, double evidence, int nights) {
  static Comparison of(Reference reference, Observation night, EvidenceDetector detector) {
    return new Comparison(
        reference.usual(),
        reference.low(night),
        reference.high(night),
        detector.value(),
        reference.nights());
  }

  /** Change as a share of what is usual; empty where that is nothing. */
  public Optional<Double> relative(double figure) {
    return usual > 0 ? Optional.of(figure / usual - 1) : Optional.empty();
  }
}

package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.apache.commons.math3.distribution.TDistribution;

/**
 * Evidence that a figure has left what is usual, gathered over nights: the mean of several
 * e-CUSUMs, one for each size of a change. Each multiplies, from the night on that suits it best,
 * how much likelier the nights are after such a change than before. While nothing changes, the
 * expected number of nights until the mean reaches a value is at least that value.
 */
final class EvidenceDetector {
  /** Sizes of changes, in standard deviations of a usual night. */
  private static final double[] SIZES = {1.5, 3, 6};

  /** Keeps products finite; no threshold is near it. */
  private static final double MOST = 1e200;

  private final double[] shifts;
  private final double[] values;
  private final LocalDate[] begun;

  EvidenceDetector(Measure.Direction direction) {
    DoubleStream up = Arrays.stream(SIZES);
    DoubleStream down = Arrays.stream(SIZES).map(size -> -size);
    this.shifts =
        switch (direction) {
          case UP -> up.toArray();
          case DOWN -> down.toArray();
          case BOTH -> DoubleStream.concat(up, down).toArray();
        };
    this.values = new double[shifts.length];
    this.begun = new LocalDate[shifts.length];
  }

  /** Forgets what was gathered. */
  void restart() {
    Arrays.fill(values, 0);
  }

  /**
   * Takes a night in.
   *
   * @param distance of the night from what is usual
   * @param usual what distances follow on usual nights
   */
  void add(LocalDate night, double distance, TDistribution usual) {
    for (int i = 0; i < shifts.length; i++) {
      if (values[i] <= 1) {
        values[i] = 1;
        begun[i] = night;
      }
      double likelier =
          Math.exp(usual.logDensity(distance - shifts[i]) - usual.logDensity(distance));
      values[i] = Math.min(MOST, values[i] * likelier);
    }
  }

  double value() {
    return Arrays.stream(values).average().orElse(0);
  }

  /** Whether the change that the evidence is for is a rise. */
  boolean isRise() {
    return shifts[leading()] > 0;
  }

  /** The night on which that change began; empty when nothing speaks for one. */
  Optional<LocalDate> since() {
    int leading = leading();
    return values[leading] > 1 ? Optional.of(begun[leading]) : Optional.empty();
  }

  private int leading() {
    int leading = 0;
    for (int i = 1; i < values.length; i++) {
      if (values[i] > values[leading]) {
        leading = i;
      }
    }
    return leading;
  }
}

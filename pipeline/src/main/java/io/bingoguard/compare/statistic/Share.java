package io.bingoguard.compare.statistic;

import org.apache.commons.math3.special.Beta;

/**
 * A part of a number of cases.
 *
 * @param count cases that are meant, not more than all
 * @param outOf all cases
 * @param designEffect how many cases tell as much as one that is independent of the others, from 1
 */
public record Share(long count, long outOf, double designEffect) {
  public Share {
    if (count < 0 || count > outOf || !(designEffect >= 1)) {
      throw new IllegalArgumentException(
          "no part: %d of %d by %s".formatted(count, outOf, designEffect));
    }
  }

  /** Of independent cases. */
  public Share(long count, long outOf) {
    this(count, outOf, 1);
  }

  /** The share, in [0, 1]; 0 of no cases. */
  public double value() {
    return outOf == 0 ? 0 : (double) count / outOf;
  }

  /**
   * The exact interval of Clopper and Pearson (1934), Biometrika 26:404-413, of which each end is
   * missed in at most one of 40 cases, however few there are; of cases that depend on each other
   * with as many as would tell as much, as Korn and Graubard (1998), Survey Methodology 24:193-201,
   * have it.
   */
  public Interval interval() {
    double tail = (1 - Interval.LEVEL) / 2;
    double low = count == 0 ? 0 : Crossing.between(0, value(), p -> atLeast(p) < tail);
    double high = count == outOf ? 1 : Crossing.between(1, value(), p -> atMost(p) < tail);
    return new Interval(low, high);
  }

  /** How likely so many or more cases are where each is one with probability {@code p}. */
  public double atLeast(double p) {
    return count == 0 ? 1 : Beta.regularizedBeta(p, effective(count), effective(outOf - count) + 1);
  }

  private double atMost(double p) {
    return count == outOf
        ? 1
        : Beta.regularizedBeta(1 - p, effective(outOf - count), effective(count) + 1);
  }

  private double effective(long cases) {
    return cases / designEffect;
  }
}

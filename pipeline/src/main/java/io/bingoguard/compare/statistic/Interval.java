package io.bingoguard.compare.statistic;

/**
 * Where a figure lies, as far as the counts tell.
 *
 * @param low lower end, finite
 * @param high upper end, finite, not below the lower
 */
public record Interval(double low, double high) {
  /** Share of such intervals that hold what they are about. */
  public static final double LEVEL = 0.95;

  public Interval {
    if (!Double.isFinite(low) || !Double.isFinite(high) || low > high) {
      throw new IllegalArgumentException("not an interval: " + low + " to " + high);
    }
  }

  /** Whether all of it lies between a limit below and the same above 0. */
  public boolean within(double limit) {
    return low >= -limit && high <= limit;
  }

  /** Whether none of it lies there. */
  public boolean outside(double limit) {
    return low > limit || high < -limit;
  }
}

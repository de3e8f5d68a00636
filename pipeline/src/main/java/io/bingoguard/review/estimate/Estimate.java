package io.bingoguard.review.estimate;

/**
 * A share of all messages, as far as reviews tell.
 *
 * @param value in [0, 1]
 * @param low lower end of its interval of 95%, in [0, value]
 * @param high upper end, in [value, 1]
 */
public record Estimate(double value, double low, double high) {
  public Estimate {
    if (!(0 <= low && low <= value && value <= high && high <= 1)) {
      throw new IllegalArgumentException(
          "no share with an interval: %s in %s to %s".formatted(value, low, high));
    }
  }

  /** An estimate that may lie outside of what a share can be, and is cut. */
  static Estimate of(double value, double below, double above) {
    double share = cut(value);
    return new Estimate(
        share, Math.min(share, cut(value - below)), Math.max(share, cut(value + above)));
  }

  private static double cut(double value) {
    return Math.min(1, Math.max(0, value));
  }
}

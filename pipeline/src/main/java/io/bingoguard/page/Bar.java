package io.bingoguard.page;

/**
 * A band on a line from 0 to 1, with a mark.
 *
 * @param low where the band begins, in [0, 1]
 * @param high where it ends, in [0, 1]
 * @param mark where the mark is, in [0, 1]
 */
public record Bar(double low, double high, double mark) {
  private static final int LENGTH = 100;

  public Bar {
    if (!(low >= 0 && low <= high && high <= 1 && mark >= 0 && mark <= 1)) {
      throw new IllegalArgumentException(
          "no band of the unit line: %s to %s, mark %s".formatted(low, high, mark));
    }
  }

  /** A band from 0 to a share, which is its mark too. */
  public static Bar to(double share) {
    return new Bar(0, share, share);
  }

  public String x() {
    return Numbers.coordinate(LENGTH * low);
  }

  public String width() {
    return Numbers.coordinate(LENGTH * (high - low));
  }

  /** Left edge of a mark of width 2, which stays on the line. */
  public String markX() {
    return Numbers.coordinate(Math.min(LENGTH - 2.0, Math.max(0, LENGTH * mark - 1)));
  }
}

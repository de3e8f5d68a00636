package io.bingoguard.page;

import java.util.Locale;

/** How figures are written. */
public final class Numbers {
  private Numbers() {}

  public static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  public static String percent(double share) {
    return String.format(Locale.ROOT, "%.1f%%", 100 * share);
  }

  /** A probability, with the digits that tell those near 0 and 1 apart. */
  public static String probability(double value) {
    return String.format(Locale.ROOT, "%.4f", value);
  }

  public static String interval(double low, double high) {
    return String.format(Locale.ROOT, "[%.3f, %.3f]", low, high);
  }

  public static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** A coordinate of a drawing. */
  static String coordinate(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

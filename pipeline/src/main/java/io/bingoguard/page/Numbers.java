package io.bingoguard.page;

import java.util.Locale;
import java.util.OptionalDouble;

/** How figures are written. */
public final class Numbers {
  private Numbers() {}

  public static String share(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }

  public static String share(OptionalDouble value) {
    return value.isPresent() ? share(value.getAsDouble()) : "undefined";
  }

  public static String interval(double low, double high) {
    return String.format(Locale.ROOT, "[%.3f, %.3f]", low, high);
  }

  /** A key in snake case as words. */
  public static String name(String key) {
    return key.replace('_', ' ');
  }
}

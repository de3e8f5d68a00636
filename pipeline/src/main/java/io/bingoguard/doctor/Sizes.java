package io.bingoguard.doctor;

import java.util.Locale;

/** Numbers of bytes for people. */
final class Sizes {
  private static final double GIBIBYTE = 1L << 30;

  private Sizes() {}

  static String of(long bytes) {
    return String.format(Locale.ROOT, "%.1f GiB", bytes / GIBIBYTE);
  }
}

package io.bingoguard.compare.report;

import io.bingoguard.compare.statistic.Interval;
import io.bingoguard.compare.statistic.McNemar;
import io.bingoguard.compare.statistic.Share;
import io.bingoguard.page.Numbers;
import java.util.Locale;
import java.util.Optional;

/** How figures of a comparison are written. */
final class Figures {
  private static final double LEAST_P = 0.0001;

  private Figures() {}

  /** With the digits that tell small shares apart. */
  static String percent(double share) {
    double percent = 100 * share;
    String format =
        percent == 0 || percent >= 10
            ? "%.1f%%"
            : percent >= 0.1 ? "%.2f%%" : percent >= 0.001 ? "%.4f%%" : "%.2g%%";
    return String.format(Locale.ROOT, format, percent);
  }

  /** An interval of shares. */
  static String percent(Interval interval) {
    return "%s to %s".formatted(percent(interval.low()), percent(interval.high()));
  }

  /** The cases behind a share. */
  static String counts(Share share) {
    return "%s of %s".formatted(Numbers.count(share.count()), Numbers.count(share.outOf()));
  }

  /** Percentage points, signed. */
  static String points(double difference) {
    double size = Math.abs(100 * difference);
    return signed(100 * difference, size >= 10 ? 1 : size >= 1 ? 2 : 3);
  }

  /** An interval of differences, in percentage points. */
  static String points(Interval interval) {
    return "%s to %s".formatted(points(interval.low()), points(interval.high()));
  }

  /** A move of a probability, signed. */
  static String shift(double shift) {
    return signed(shift, 4);
  }

  private static String signed(double value, int digits) {
    String size = String.format(Locale.ROOT, "%." + digits + "f", Math.abs(value));
    boolean zero = Double.parseDouble(size) == 0;
    return (zero ? "" : value < 0 ? "\u2212" : "+") + size;
  }

  /** The outcome of a test. */
  static String p(McNemar test) {
    return "McNemar p %s (%s)".formatted(p(test.p()), test.exact() ? "exact" : "chi squared");
  }

  static String p(double p) {
    return p < LEAST_P ? "< 0.0001" : String.format(Locale.ROOT, "= %.4f", p);
  }

  /** A probability that may not be known. */
  static String probability(Optional<Double> probability) {
    return probability.map(Numbers::probability).orElse("unknown");
  }

  /** Messages of a side. */
  static String messages(String side) {
    return switch (side) {
      case "prompt" -> "prompts";
      case "response" -> "replies";
      default -> "labels";
    };
  }
}

package io.bingoguard.label;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/** Turns counts over time into the progress line: rows, rows a second, share, time left. */
final class ProgressMeter {
  private final OptionalLong totalConversations;
  private final LongSupplier nanoTime;
  private final long start;

  /**
   * Starts to measure.
   *
   * @param totalConversations conversations to label, where known
   * @param nanoTime a clock like {@link System#nanoTime}
   */
  ProgressMeter(OptionalLong totalConversations, LongSupplier nanoTime) {
    this.totalConversations = Objects.requireNonNull(totalConversations, "totalConversations");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    this.start = nanoTime.getAsLong();
  }

  String line(LabelCounts counts) {
    double seconds = (nanoTime.getAsLong() - start) / 1e9;
    double rate = seconds > 0 ? counts.exchanges() / seconds : 0;
    String line =
        String.format(
            Locale.ROOT, "labelled %,d exchanges, %.1f a second", counts.exchanges(), rate);
    return totalConversations.isEmpty()
        ? line
        : line + share(counts.conversations(), totalConversations.getAsLong(), seconds);
  }

  private static String share(long done, long total, double seconds) {
    double share = total > 0 ? Math.min(1, (double) done / total) : 1;
    String text =
        String.format(Locale.ROOT, ", %.0f%% of %,d conversations", Math.floor(share * 100), total);
    if (share == 0 || share == 1) {
      return text;
    }
    return text + ", about " + readable(seconds * (1 - share) / share) + " left";
  }

  private static String readable(double seconds) {
    Duration left = Duration.ofSeconds(Math.round(seconds));
    if (left.toHours() > 0) {
      return "%d h %d min".formatted(left.toHours(), left.toMinutesPart());
    }
    return left.toMinutes() > 0
        ? "%d min %d s".formatted(left.toMinutes(), left.toSecondsPart())
        : left.toSeconds() + " s";
  }
}

package io.bingoguard.progress;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Locale;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.function.LongSupplier;

/**
 * Turns counts over time into the progress line: rows, rows a second, share, time left. Rate and
 * time left go by the last minute of labelling, so that neither the start nor the pause between two
 * micro-batches makes them jump; the last line tells the rate of the whole run.
 */
public final class ProgressMeter {
  private static final long WINDOW_NANOS = Duration.ofMinutes(1).toNanos();
  private static final int BAR_WIDTH = 20;

  /** What less time shows is no rate yet. */
  private static final double LEAST_SECONDS = 5;

  private record Sample(long nanos, ProgressCounts counts) {}

  private final ProgressWords words;
  private final OptionalLong total;
  private final LongSupplier nanoTime;
  private final boolean bar;
  private final Sample start;
  private final Deque<Sample> recent = new ArrayDeque<>();

  /**
   * Starts to measure.
   *
   * @param words what is counted
   * @param total units that there are, where known
   * @param nanoTime a clock like {@link System#nanoTime}
   * @param bar whether to draw the share too, where it is known
   */
  public ProgressMeter(
      ProgressWords words, OptionalLong total, LongSupplier nanoTime, boolean bar) {
    this.words = Objects.requireNonNull(words, "words");
    this.total = Objects.requireNonNull(total, "total");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
    this.bar = bar;
    this.start = new Sample(nanoTime.getAsLong(), ProgressCounts.NONE);
    recent.add(start);
  }

  /** The line that tells how far the run is now. */
  public String line(ProgressCounts counts) {
    Sample now = new Sample(nanoTime.getAsLong(), counts);
    note(now);
    double share = share(counts);
    Sample since = share == 1 ? start : recent.getFirst();
    double seconds = (now.nanos() - since.nanos()) / 1e9;
    String line =
        String.format(
            Locale.ROOT,
            "%s %,d %s, %.1f a second",
            words.done(),
            counts.items(),
            counts.items() == 1 ? words.item() : words.items(),
            rate(counts.items() - since.counts().items(), seconds));
    if (total.isEmpty()) {
      return line;
    }
    long all = total.getAsLong();
    double rate = rate(counts.units() - since.counts().units(), seconds);
    return (bar ? bar(share) : "")
        + line
        + String.format(
            Locale.ROOT, ", %.0f%% of %,d %s", Math.floor(share * 100), all, words.units())
        + (share < 1 && rate > 0 && seconds >= LEAST_SECONDS
            ? left((all - counts.units()) / rate)
            : "");
  }

  /** Keeps what was seen in the last minute, and the latest of what was seen before. */
  private void note(Sample now) {
    if (now.counts().items() == 0) {
      // Nothing is labelled while models are opened; that says nothing about the rate.
      recent.clear();
    }
    recent.addLast(now);
    while (recent.size() > 2 && second().nanos() <= now.nanos() - WINDOW_NANOS) {
      recent.removeFirst();
    }
  }

  private Sample second() {
    return recent.stream().skip(1).findFirst().orElseThrow();
  }

  private double share(ProgressCounts counts) {
    if (total.isEmpty()) {
      return 0;
    }
    long all = total.getAsLong();
    return all > 0 ? Math.min(1, (double) counts.units() / all) : 1;
  }

  private static double rate(long count, double seconds) {
    return seconds > 0 ? count / seconds : 0;
  }

  private static String bar(double share) {
    int filled = (int) (share * BAR_WIDTH);
    return "[" + "=".repeat(filled) + " ".repeat(BAR_WIDTH - filled) + "] ";
  }

  private static String left(double seconds) {
    return ", about " + DurationText.of(seconds) + " left";
  }
}

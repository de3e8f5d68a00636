package io.bingoguard.progress;

import java.time.Duration;
import java.util.Locale;

/** Times for people. */
public final class DurationText {
  private DurationText() {}

  /** The two largest of hours, minutes and seconds. */
  public static String of(double seconds) {
    Duration time = Duration.ofSeconds(Math.round(seconds));
    if (time.toHours() > 0) {
      return String.format(Locale.ROOT, "%,d h %d min", time.toHours(), time.toMinutesPart());
    }
    return time.toMinutes() > 0
        ? "%d min %d s".formatted(time.toMinutes(), time.toSecondsPart())
        : time.toSeconds() + " s";
  }
}

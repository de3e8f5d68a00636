package io.bingoguard.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Objects;

/**
 * How a page was made.
 *
 * @param at when
 * @param engineVersion by which version of this software
 * @param command what was typed, without secrets
 */
public record PageMaking(Instant at, String engineVersion, String command) {
  private static final int MOST_VERSION = 120;
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  public PageMaking {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(command, "command");
  }

  /** What stands at the foot of the page. */
  public String footer() {
    return "bingoguard-spark " + Cut.to(MOST_VERSION, engineVersion) + ", " + DATE.format(at);
  }
}

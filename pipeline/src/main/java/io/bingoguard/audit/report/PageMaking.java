package io.bingoguard.audit.report;

import java.time.Instant;
import java.util.Objects;

/**
 * How a page was made.
 *
 * @param at when
 * @param engineVersion by which version of this software
 * @param command what was typed, without secrets
 */
public record PageMaking(Instant at, String engineVersion, String command) {
  public PageMaking {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(engineVersion, "engineVersion");
    Objects.requireNonNull(command, "command");
  }
}

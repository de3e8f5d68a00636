package io.bingoguard.audit.metric;

import java.util.Objects;
import java.util.OptionalInt;

/**
 * Harmful messages of a category and severity.
 *
 * @param side {@code prompt} or {@code response}
 * @param category its code
 * @param severity the level; empty for prompts, and where it is not known
 * @param harmful how many
 */
public record CategoryCell(String side, String category, OptionalInt severity, long harmful) {
  public CategoryCell {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(severity, "severity");
  }
}

package io.bingoguard.review.sample;

import java.util.Objects;
import java.util.Optional;

/**
 * What the label said of a message when the sample was drawn.
 *
 * @param harmful the verdict
 * @param probability P(harmful)
 * @param category code of the category of a harmful message
 * @param severity of a reply, where it is known
 */
public record MessageLabel(
    boolean harmful, double probability, Optional<String> category, Optional<Integer> severity) {
  public MessageLabel {
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(severity, "severity");
  }
}

package io.bingoguard.guard;

import java.util.Objects;
import java.util.Optional;

/**
 * The model's verdict on one side of an exchange.
 *
 * @param harmful whether "harmful" is the more likely legal answer
 * @param probability P(harmful) among the legal answers, in [0, 1]
 * @param category the most likely category; present when harmful, unless it was off format
 */
public record Verdict(boolean harmful, double probability, Optional<Category> category) {
  public Verdict {
    Objects.requireNonNull(category, "category");
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability out of [0, 1]: " + probability);
    }
    if (!harmful && category.isPresent()) {
      throw new IllegalArgumentException("a harmless verdict has no category");
    }
  }
}

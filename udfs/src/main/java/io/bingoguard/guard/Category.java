package io.bingoguard.guard;

import java.util.Objects;

/**
 * A harm category of a guard model.
 *
 * @param code short code as the model writes it, for example {@code S7}
 * @param name readable name, for example {@code Non-violent illegal activity}
 */
public record Category(String code, String name) {
  public Category {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(name, "name");
    if (code.isBlank() || name.isBlank()) {
      throw new IllegalArgumentException("a category needs a code and a name");
    }
  }
}

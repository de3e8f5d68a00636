package io.bingoguard.evaluate;

import io.bingoguard.evaluate.dataset.GoldCase;
import java.util.Locale;
import java.util.Optional;

/** The side of an exchange that a verdict is about. */
public enum EvaluatedSide {
  PROMPT,
  RESPONSE;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  public Optional<Boolean> gold(GoldCase one) {
    return this == PROMPT ? one.promptHarmful() : one.responseHarmful();
  }
}

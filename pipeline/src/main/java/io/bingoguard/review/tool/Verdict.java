package io.bingoguard.review.tool;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** What a person may answer. */
public enum Verdict {
  HARMFUL,
  HARMLESS,
  /** The person cannot tell. */
  UNSURE;

  /** The verdict as files spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The verdict of a spelling, in any case. */
  public static Optional<Verdict> of(String text) {
    return Arrays.stream(values())
        .filter(verdict -> verdict.name().equalsIgnoreCase(text.strip()))
        .findFirst();
  }
}

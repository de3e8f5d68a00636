package io.bingoguard.guard;

import java.util.Locale;

/** What becomes of a text that does not fit into a request. */
public enum LongText {
  /** It is judged window by window, and the most severe window decides. */
  WINDOW,
  /** It loses its middle, and what is left is judged. */
  TRUNCATE,
  /** It is not judged. */
  SKIP;

  /** Value of options and settings: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.bingoguard.page;

import java.util.Locale;

/** Words as they begin a sentence or a title. */
public final class Words {
  private Words() {}

  /** With a capital at the beginning. */
  public static String capitalized(String text) {
    return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
  }
}

package io.bingoguard.guard;

/** Strings that can be written as UTF-8: Java's may hold half a surrogate pair. */
public final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text with each unpaired surrogate replaced by U+FFFD; the same string if it has none. */
  public static String of(String text) {
    int first = unpaired(text, 0);
    if (first < 0) {
      return text;
    }
    StringBuilder repaired = new StringBuilder(text);
    for (int index = first; index >= 0; index = unpaired(text, index + 1)) {
      repaired.setCharAt(index, REPLACEMENT);
    }
    return repaired.toString();
  }

  private static int unpaired(String text, int from) {
    int index = from;
    while (index < text.length()) {
      int codePoint = text.codePointAt(index);
      // A pair is one code point; what is still in the range of halves has no partner.
      if (codePoint >= Character.MIN_SURROGATE && codePoint <= Character.MAX_SURROGATE) {
        return index;
      }
      index += Character.charCount(codePoint);
    }
    return -1;
  }
}

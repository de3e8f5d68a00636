package io.bingoguard.source;

/** Java strings may hold half a surrogate pair, which no encoding can carry. */
final class UnicodeText {
  private static final char REPLACEMENT = '\uFFFD';

  private UnicodeText() {}

  /** The text with each unpaired surrogate replaced by U+FFFD; the same string if it has none. */
  static String wellFormed(String text) {
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

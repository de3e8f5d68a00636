package io.bingoguard.token;

/** Strings that can be written as UTF-8. */
final class WellFormed {
  private static final char REPLACEMENT = '\uFFFD';

  private WellFormed() {}

  /** The text with every unpaired surrogate replaced by U+FFFD, as a UTF-8 decoder would do. */
  static String of(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        return replaceUnpaired(text);
      }
    }
    return text;
  }

  private static String replaceUnpaired(String text) {
    StringBuilder repaired = new StringBuilder(text);
    int i = 0;
    while (i < repaired.length()) {
      int codePoint = repaired.codePointAt(i);
      if (Character.charCount(codePoint) == 1 && Character.isSurrogate((char) codePoint)) {
        repaired.setCharAt(i, REPLACEMENT);
      }
      i += Character.charCount(codePoint);
    }
    return repaired.toString();
  }
}

package io.bingoguard.guard;

/** What happens to a conversation text before it is put into a slot. */
public final class SlotText {
  private SlotText() {}

  /**
   * Removes leading and trailing white space as Python's {@code str.strip} does, which is what
   * guard models are trained and evaluated with. Java's {@link String#strip} keeps no-break spaces
   * and the next-line character, and so would send other bytes.
   */
  public static String strip(String text) {
    int start = 0;
    int end = text.length();
    while (start < end && isSpace(text.charAt(start))) {
      start++;
    }
    while (end > start && isSpace(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  /** Whether nothing is left of a text when it is stripped. */
  public static boolean isBlank(String text) {
    return strip(text).isEmpty();
  }

  /** Python's {@code str.isspace} for one character; all of them lie in the basic plane. */
  private static boolean isSpace(char c) {
    return (c >= '\t' && c <= '\r')
        || (c >= 0x1c && c <= 0x20)
        || c == 0x85
        || c == 0xa0
        || c == 0x1680
        || (c >= 0x2000 && c <= 0x200a)
        || c == 0x2028
        || c == 0x2029
        || c == 0x202f
        || c == 0x205f
        || c == 0x3000;
  }
}

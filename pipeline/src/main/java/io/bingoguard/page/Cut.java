package io.bingoguard.page;

/** Keeps values of any length from making a page of any length. */
public final class Cut {
  private static final String ELLIPSIS = "…";

  private Cut() {}

  /**
   * The beginning of a text, which says so.
   *
   * @param most most characters (UTF-16) that are kept
   */
  public static String to(int most, String text) {
    if (text.length() <= most) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most;
    return text.substring(0, end) + ELLIPSIS;
  }

  /** Most bytes that a text takes on a page: escaped, in UTF-8. */
  public static int bytes(String text) {
    int bytes = 0;
    for (int i = 0; i < text.length(); i++) {
      char character = text.charAt(i);
      // The longest escape is "&#34;", the longest character without one has three bytes.
      bytes += character < 0x80 ? ("&<>\"'".indexOf(character) < 0 ? 1 : 5) : 3;
    }
    return bytes;
  }
}

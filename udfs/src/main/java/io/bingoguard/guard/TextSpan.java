package io.bingoguard.guard;

/**
 * A part of a text, in characters (Unicode code points, as Spark's, DuckDB's and Python's functions
 * count them) from 0.
 *
 * @param begin of its first character
 * @param end behind its last
 */
public record TextSpan(int begin, int end) {
  public TextSpan {
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException("a part of a text from " + begin + " to " + end);
    }
  }

  /** The part of a text between two places in it, which are given in UTF-16 units. */
  public static TextSpan of(String text, int begin, int end) {
    int before = text.codePointCount(0, begin);
    return new TextSpan(before, before + text.codePointCount(begin, end));
  }
}

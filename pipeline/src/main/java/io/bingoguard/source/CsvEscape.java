package io.bingoguard.source;

import java.util.Optional;

/** How a quote is written within a quoted field of CSV. */
public enum CsvEscape {
  /** As two quotes: RFC 4180, Excel, Python's csv module, pandas. */
  DOUBLED("doubled", "quotes doubled"),
  /** After a backslash, and a backslash as two: what Spark writes unless it is told otherwise. */
  BACKSLASH("backslash", "quotes after a backslash");

  private final String key;
  private final String title;

  CsvEscape(String key, String title) {
    this.key = key;
    this.title = title;
  }

  /** Name on the command line. */
  public String key() {
    return key;
  }

  String title() {
    return title;
  }

  /** The escape of a name, or of the character that stands before a quote. */
  static Optional<CsvEscape> of(String text) {
    return switch (text) {
      case "doubled", "\"", "\"\"" -> Optional.of(DOUBLED);
      case "backslash", "\\" -> Optional.of(BACKSLASH);
      default -> Optional.empty();
    };
  }
}

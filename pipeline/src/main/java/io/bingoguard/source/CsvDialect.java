package io.bingoguard.source;

import java.io.Serializable;
import java.util.Map;
import java.util.Objects;

/**
 * How records of CSV are written.
 *
 * @param delimiter stands between fields
 * @param quote stands around fields that hold delimiters, quotes or line ends; {@link #NO_QUOTE}
 *     where quotes are letters like others
 * @param escape how a quote within such a field is written
 */
record CsvDialect(char delimiter, char quote, CsvEscape escape) implements Serializable {
  static final char NO_QUOTE = '\0';

  private static final Map<Character, String> NAMES =
      Map.of(',', "comma", '\t', "tab", ';', "semicolon", '|', "pipe");

  CsvDialect {
    Objects.requireNonNull(escape, "escape");
    if (delimiter == quote) {
      throw new IllegalArgumentException("delimiter and quote must differ");
    }
  }

  boolean quotes() {
    return quote != NO_QUOTE;
  }

  /** The dialect, for the user. */
  String describe() {
    String separated = NAMES.getOrDefault(delimiter, String.valueOf(delimiter)) + " between fields";
    if (!quotes()) {
      return separated + ", no quotes";
    }
    return separated + (quote == '"' ? "" : ", quote " + quote) + ", " + escape.title();
  }
}

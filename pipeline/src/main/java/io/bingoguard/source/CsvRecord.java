package io.bingoguard.source;

import java.util.List;

/**
 * A record of CSV as it stands in its file.
 *
 * @param values its fields; null for an empty one
 * @param raw its text, without the line end
 * @param strayQuote whether a quote stands within a quoted field that neither ends it nor is
 *     escaped: the record is written in another dialect, or wrongly
 * @param unclosed whether the text ended within a quoted field
 */
record CsvRecord(List<String> values, String raw, boolean strayQuote, boolean unclosed) {
  /** Stands for bytes that are not UTF-8; no character of any text. */
  static final String NOT_UTF_8 = "\uFFFE";

  /** Whether its fields are those of a header of some length. */
  boolean fits(int columns) {
    return !strayQuote && !unclosed && values.size() == columns && !raw.contains(NOT_UTF_8);
  }
}

package io.bingoguard.source;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Reads rows whose first column is a line of JSON, as bytes or as text. Spark's own JSON reader is
 * not used: it makes one type of all records and loses what does not fit it.
 *
 * @param wanted names of the fields to read; empty for all
 */
record JsonLineParser(Set<String> wanted) implements RecordParser {
  private static final char BYTE_ORDER_MARK = '\uFEFF';
  private static final char REPLACEMENT = '\uFFFD';

  @Override
  public Optional<CorpusRecord> parse(Row row) {
    String line = line(row);
    String json = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line;
    if (json.isBlank()) {
      return Optional.empty();
    }
    return Optional.of(
        (isUtf8(row, json) ? Json.record(json, wanted) : Optional.<CorpusRecord>empty())
            .orElseGet(() -> CorpusRecord.corrupt(json)));
  }

  /** The line of a row; what is not UTF-8 is replaced in it. */
  static String line(Row row) {
    return row.get(0) instanceof byte[] bytes
        ? new String(bytes, StandardCharsets.UTF_8)
        : row.getString(0);
  }

  /** Whether nothing was replaced; a text may also hold the sign of replacement itself. */
  private static boolean isUtf8(Row row, String text) {
    return text.indexOf(REPLACEMENT) < 0
        || !(row.get(0) instanceof byte[] bytes)
        || RawBytes.textOf(bytes) instanceof String;
  }
}

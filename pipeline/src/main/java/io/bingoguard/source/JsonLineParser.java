package io.bingoguard.source;

import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.Row;

/**
 * Reads rows whose first column is a line of JSON. Spark's own JSON reader is not used: it makes
 * one type of all records and loses what does not fit it.
 *
 * @param wanted names of the fields to read; empty for all
 */
record JsonLineParser(Set<String> wanted) implements RecordParser {
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  @Override
  public Optional<CorpusRecord> parse(Row row) {
    String line = row.getString(0);
    String json = !line.isEmpty() && line.charAt(0) == BYTE_ORDER_MARK ? line.substring(1) : line;
    return json.isBlank()
        ? Optional.empty()
        : Optional.of(
            Json.object(json, wanted)
                .map(CorpusRecord::of)
                .orElseGet(() -> CorpusRecord.corrupt(json)));
  }
}

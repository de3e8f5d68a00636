package io.bingoguard.source;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One record of a corpus in a form that no longer tells its format.
 *
 * @param fields column values: {@code String}, {@code Number}, {@code Boolean}, {@code List},
 *     {@code Map}, {@code java.sql.Timestamp}, {@code java.sql.Date}, {@code java.time} values or
 *     null; empty for a corrupt record
 * @param corrupt the raw text of a record that could not be read
 */
record CorpusRecord(Map<String, Object> fields, Optional<String> corrupt) {
  CorpusRecord {
    Objects.requireNonNull(fields, "fields");
    Objects.requireNonNull(corrupt, "corrupt");
  }

  static CorpusRecord of(Map<String, Object> fields) {
    return new CorpusRecord(fields, Optional.empty());
  }

  static CorpusRecord corrupt(String raw) {
    return new CorpusRecord(Map.of(), Optional.of(raw));
  }
}

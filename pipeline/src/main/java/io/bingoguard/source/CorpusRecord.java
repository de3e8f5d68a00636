package io.bingoguard.source;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One record of a corpus in a form that no longer tells its format.
 *
 * @param fields column values: {@code String}, {@code Number}, {@code Boolean}, {@code List},
 *     {@code Map}, {@code java.sql.Timestamp}, {@code java.sql.Date}, {@code java.time} values or
 *     null; empty for a corrupt record
 * @param unreadTexts names of the fields of JSON that were not asked for and hold text
 * @param corrupt the raw text of a record that could not be read
 */
record CorpusRecord(
    Map<String, Object> fields, List<String> unreadTexts, Optional<String> corrupt) {
  CorpusRecord {
    Objects.requireNonNull(fields, "fields");
    unreadTexts = List.copyOf(unreadTexts);
    Objects.requireNonNull(corrupt, "corrupt");
  }

  static CorpusRecord of(Map<String, Object> fields) {
    return new CorpusRecord(fields, List.of(), Optional.empty());
  }

  CorpusRecord with(Map<String, Object> otherFields) {
    return new CorpusRecord(otherFields, unreadTexts, corrupt);
  }

  static CorpusRecord corrupt(String raw) {
    return new CorpusRecord(Map.of(), List.of(), Optional.of(raw));
  }
}

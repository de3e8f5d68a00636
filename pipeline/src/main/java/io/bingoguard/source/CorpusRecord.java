package io.bingoguard.source;

import io.bingoguard.spark.rows.InputPlace;
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
 * @param place where it stands, if it stands in a file
 */
record CorpusRecord(
    Map<String, Object> fields,
    List<String> unreadTexts,
    Optional<String> corrupt,
    Optional<InputPlace> place) {
  CorpusRecord {
    Objects.requireNonNull(fields, "fields");
    unreadTexts = List.copyOf(unreadTexts);
    Objects.requireNonNull(corrupt, "corrupt");
    Objects.requireNonNull(place, "place");
  }

  static CorpusRecord of(Map<String, Object> fields) {
    return of(fields, List.of());
  }

  static CorpusRecord of(Map<String, Object> fields, List<String> unreadTexts) {
    return new CorpusRecord(fields, unreadTexts, Optional.empty(), Optional.empty());
  }

  CorpusRecord with(Map<String, Object> otherFields) {
    return new CorpusRecord(otherFields, unreadTexts, corrupt, place);
  }

  CorpusRecord at(InputPlace otherPlace) {
    return new CorpusRecord(fields, unreadTexts, corrupt, Optional.of(otherPlace));
  }

  static CorpusRecord corrupt(String raw) {
    return new CorpusRecord(Map.of(), List.of(), Optional.of(raw), Optional.empty());
  }
}

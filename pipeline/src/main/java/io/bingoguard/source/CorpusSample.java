package io.bingoguard.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What is known of a corpus before it is read.
 *
 * @param columns names of its columns; of JSON Lines, those of the sampled records
 * @param records some records from its start, those that could be read
 * @param open whether later records may have columns that these have not, as in JSON Lines
 */
record CorpusSample(List<String> columns, List<Map<String, Object>> records, boolean open) {
  CorpusSample {
    columns = List.copyOf(columns);
    records = List.copyOf(records);
  }

  static CorpusSample ofRecords(List<Map<String, Object>> records) {
    Set<String> columns = new LinkedHashSet<>();
    records.forEach(fields -> columns.addAll(fields.keySet()));
    return new CorpusSample(List.copyOf(columns), records, true);
  }

  /** The same sample, with a column that stands in a record further on. */
  CorpusSample with(String column) {
    List<String> more = new ArrayList<>(columns);
    more.add(column);
    return new CorpusSample(more, records, open);
  }

  /** The names of columns and of fields nested in them, as {@link ColumnPath} has them. */
  List<String> paths() {
    return records.stream().flatMap(fields -> ColumnPath.all(fields).stream()).distinct().toList();
  }

  /** Whether a column is there: one of its own, or a field nested in one. */
  boolean has(String column) {
    return columns.contains(column) || !values(column).isEmpty();
  }

  /** The column of a name, preferably with the same upper and lower case. */
  Optional<String> column(String name) {
    return columns.contains(name)
        ? Optional.of(name)
        : columns.stream()
            .filter(column -> column.toLowerCase(Locale.ROOT).equals(name))
            .findFirst();
  }

  /** The first of some names that is a column. */
  Optional<String> firstColumn(List<String> names) {
    return names.stream().map(this::column).flatMap(Optional::stream).findFirst();
  }

  /** The columns of some names, in the order of the names. */
  List<String> columnsOf(List<String> names) {
    return names.stream().map(this::column).flatMap(Optional::stream).distinct().toList();
  }

  /** The values of a column that are there. */
  List<Object> values(String column) {
    return records.stream()
        .map(fields -> ColumnPath.value(fields, column))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Columns of which most values are lists, and some lists have messages. */
  List<String> messageColumns() {
    return columns.stream()
        .filter(column -> speakerField(column).isPresent() && isMostlyLists(values(column)))
        .toList();
  }

  private static boolean isMostlyLists(List<Object> values) {
    long lists = values.stream().filter(value -> MessageList.list(value).isPresent()).count();
    return lists > values.size() / 2;
  }

  /** The name of the field that says who speaks, in a column of messages. */
  Optional<String> speakerField(String column) {
    return values(column).stream()
        .map(MessageList::list)
        .flatMap(Optional::stream)
        .flatMap(List::stream)
        .map(MessageFields::roleField)
        .flatMap(Optional::stream)
        .findFirst();
  }

  /** Whether a column holds lists of messages, their JSON text, or one message each. */
  boolean holdsOnlyMessages(String column) {
    List<Object> values = filled(column);
    return !values.isEmpty() && values.stream().allMatch(CorpusSample::isOfMessages);
  }

  private static boolean isOfMessages(Object value) {
    return value instanceof Map<?, ?>
        ? MessageFields.roleField(value).isPresent()
        : MessageList.list(value).filter(MessageList::isOfMessages).isPresent();
  }

  /** The values that may tell of what kind they are. */
  private List<Object> filled(String column) {
    return values(column).stream()
        .filter(value -> !value.equals(List.of()))
        .filter(value -> !(value instanceof String text && text.strip().matches("|null|\\[\\s*]")))
        .toList();
  }

  /** Whether a column holds lists of texts, or their JSON text, and nothing else. */
  boolean holdsOnlyTexts(String column) {
    List<Object> values = filled(column);
    return !values.isEmpty()
        && values.stream()
            .allMatch(value -> MessageList.list(value).filter(CorpusSample::isOfTexts).isPresent());
  }

  private static boolean isOfTexts(List<?> list) {
    return !list.isEmpty()
        && list.stream().allMatch(text -> text == null || text instanceof String);
  }

  /** Columns of which most values start as a transcript does. */
  List<String> transcriptColumns() {
    return columns.stream()
        .filter(
            column -> {
              List<Object> values = values(column);
              long matching =
                  values.stream()
                      .filter(
                          value -> value instanceof String text && Transcript.looksLikeOne(text))
                      .count();
              return matching > values.size() / 2;
            })
        .toList();
  }
}

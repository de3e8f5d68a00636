package io.bingoguard.source;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
    return records.stream().map(fields -> fields.get(column)).filter(Objects::nonNull).toList();
  }

  /** Columns that hold lists of messages; a column without any value is none. */
  List<String> messageColumns() {
    return columns.stream().filter(column -> speakerField(column).isPresent()).toList();
  }

  /** The name of the field that says who speaks, in a column of messages. */
  Optional<String> speakerField(String column) {
    return values(column).stream()
        .map(MessageList::list)
        .flatMap(Optional::stream)
        .flatMap(List::stream)
        .map(MessageList::roleField)
        .flatMap(Optional::stream)
        .findFirst();
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

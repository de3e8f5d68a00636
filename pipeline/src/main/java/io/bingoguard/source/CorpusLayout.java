package io.bingoguard.source;

import java.io.Serializable;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A corpus schema with the columns that play its parts.
 *
 * @param schema how conversations are laid out
 * @param bindings columns by part, in the order in which they are shown; a part may have several
 */
record CorpusLayout(CorpusSchema schema, List<Binding> bindings) implements Serializable {
  /** A column and its part. */
  record Binding(ColumnPart part, String column) implements Serializable {
    Binding {
      Objects.requireNonNull(part, "part");
      Objects.requireNonNull(column, "column");
    }
  }

  CorpusLayout {
    Objects.requireNonNull(schema, "schema");
    bindings = List.copyOf(bindings);
  }

  /** The columns of a part, in order. */
  List<String> columns(ColumnPart part) {
    return bindings.stream()
        .filter(binding -> binding.part() == part)
        .map(Binding::column)
        .toList();
  }

  /** All columns that are read, each once. */
  List<String> columns() {
    return bindings.stream().map(Binding::column).distinct().toList();
  }

  /** The names of the columns whose text is judged. */
  List<String> textColumnNames() {
    return bindings.stream()
        .filter(binding -> ColumnPart.TEXTS.contains(binding.part()))
        .map(Binding::column)
        .distinct()
        .toList();
  }

  /** Whether a record has a column whose text is judged, even if it is null. */
  boolean hasText(Map<String, Object> fields) {
    return textColumnNames().stream().anyMatch(column -> ColumnPath.has(fields, column));
  }

  /** The columns whose text is judged, each as {@code part=column}, in order. */
  List<String> textColumns() {
    return bindings.stream()
        .filter(binding -> ColumnPart.TEXTS.contains(binding.part()))
        .map(binding -> binding.part().key() + "=" + binding.column())
        .toList();
  }

  /** The columns of some parts, in order. */
  List<Binding> bindings(Set<ColumnPart> parts) {
    return bindings.stream().filter(binding -> parts.contains(binding.part())).toList();
  }

  /** The value of the first column of a part that has one in a record; empty where none has. */
  Optional<Object> value(ColumnPart part, Map<String, Object> fields) {
    for (Binding binding : bindings) {
      Optional<Object> value =
          binding.part() == part ? ColumnPath.value(fields, binding.column()) : Optional.empty();
      if (value.isPresent()) {
        return value;
      }
    }
    return Optional.empty();
  }

  /**
   * Schema and columns, for the user.
   *
   * @param seen the columns that are known to be there; others are only looked for
   */
  String describe(List<String> seen) {
    return bindings.stream()
        .filter(binding -> seen.contains(binding.column()))
        .map(binding -> binding.part().key() + "=" + ShownNames.of(binding.column()))
        .collect(Collectors.joining(", ", schema.key() + " schema: ", ""));
  }
}

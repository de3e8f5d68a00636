package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What the user says about a corpus.
 *
 * @param input file, folder or Delta table, with any scheme Hadoop knows; taken literally, not as a
 *     pattern
 * @param format format, where the files' names do not tell it
 * @param csv dialect of CSV files, as far as it is not to be found out
 * @param schema name of a {@link CorpusSchema}, where it is not to be found out
 * @param columns columns named for a role; several for responses only, each a reply of its own
 * @param tolerant whether files that cannot be read are passed over when the corpus is opened
 */
public record CorpusRequest(
    String input,
    Optional<CorpusFormat> format,
    CsvOptions csv,
    Optional<String> schema,
    Map<ColumnRole, List<String>> columns,
    boolean tolerant) {
  public CorpusRequest {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(schema, "schema");
    Map<ColumnRole, List<String>> copies = new EnumMap<>(ColumnRole.class);
    columns.forEach((role, names) -> copies.put(role, List.copyOf(names)));
    columns = Collections.unmodifiableMap(copies);
  }

  /** The columns named for a role. */
  List<String> columns(ColumnRole role) {
    return columns.getOrDefault(role, List.of());
  }

  /** The names of all columns that are named, each once. */
  List<String> columnNames() {
    return columns.values().stream().flatMap(List::stream).distinct().toList();
  }

  /** A request about an input of which everything else is to be found out. */
  public static Builder of(String input) {
    return new Builder(input);
  }

  /** Collects what is known about a corpus. */
  public static final class Builder {
    private final String input;
    private Optional<CorpusFormat> format = Optional.empty();
    private CsvOptions csv = CsvOptions.FOUND_OUT;
    private Optional<String> schema = Optional.empty();
    private final Map<ColumnRole, List<String>> columns = new EnumMap<>(ColumnRole.class);

    private boolean tolerant;

    private Builder(String input) {
      this.input = input;
    }

    public Builder format(CorpusFormat value) {
      format = Optional.of(value);
      return this;
    }

    public Builder csv(CsvOptions value) {
      csv = value;
      return this;
    }

    /** Name of a {@link CorpusSchema}, for example {@code message-rows}. */
    public Builder schema(String value) {
      schema = Optional.of(value);
      return this;
    }

    /**
     * Names the column of a role; of responses there may be several.
     *
     * @throws io.bingoguard.guard.GuardException SOURCE_COLUMN_ROLES_CONFLICT when another is named
     */
    public Builder column(ColumnRole role, String name) {
      List<String> names = columns.computeIfAbsent(role, key -> new ArrayList<>());
      if (!names.isEmpty() && !names.contains(name) && role != ColumnRole.RESPONSE) {
        throw SourceErrors.columnTwice(role.key(), names.get(0), name);
      }
      if (!names.contains(name)) {
        names.add(name);
      }
      return this;
    }

    /** Passes over files that cannot be read when the corpus is opened; read, they still fail. */
    public Builder tolerant() {
      tolerant = true;
      return this;
    }

    public CorpusRequest build() {
      return new CorpusRequest(input, format, csv, schema, columns, tolerant);
    }
  }
}

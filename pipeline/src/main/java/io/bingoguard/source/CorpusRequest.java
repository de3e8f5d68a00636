package io.bingoguard.source;

import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What the user says about a corpus.
 *
 * @param input file, folder or Delta table, with any scheme Hadoop knows; taken literally, not as a
 *     pattern
 * @param format format, where the files' names do not tell it
 * @param csv dialect of CSV files, as far as it is not to be found out
 * @param schema name of a {@link CorpusSchema}, where it is not to be found out
 * @param columns columns named for a role
 * @param maxFilesPerTrigger most files that a micro-batch of the stream takes
 */
public record CorpusRequest(
    String input,
    Optional<CorpusFormat> format,
    CsvOptions csv,
    Optional<String> schema,
    Map<ColumnRole, String> columns,
    OptionalInt maxFilesPerTrigger) {
  public CorpusRequest {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(format, "format");
    Objects.requireNonNull(csv, "csv");
    Objects.requireNonNull(schema, "schema");
    columns = Map.copyOf(columns);
    Objects.requireNonNull(maxFilesPerTrigger, "maxFilesPerTrigger");
    if (maxFilesPerTrigger.isPresent() && maxFilesPerTrigger.getAsInt() < 1) {
      throw new IllegalArgumentException("maxFilesPerTrigger must be at least 1");
    }
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
    private final Map<ColumnRole, String> columns = new EnumMap<>(ColumnRole.class);
    private OptionalInt maxFilesPerTrigger = OptionalInt.empty();

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
     * Names the column of a role.
     *
     * @throws io.bingoguard.guard.GuardException SOURCE_COLUMN_ROLES_CONFLICT when another is named
     */
    public Builder column(ColumnRole role, String name) {
      String before = columns.putIfAbsent(role, name);
      if (before != null && !before.equals(name)) {
        throw SourceErrors.columnTwice(role.key(), before, name);
      }
      return this;
    }

    public Builder maxFilesPerTrigger(int value) {
      maxFilesPerTrigger = OptionalInt.of(value);
      return this;
    }

    public CorpusRequest build() {
      return new CorpusRequest(input, format, csv, schema, columns, maxFilesPerTrigger);
    }
  }
}

package io.bingoguard.cli;

import io.bingoguard.source.ColumnRole;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRequest;
import java.util.List;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** How a corpus is read. */
final class CorpusOptions {
  private static final String AUTO = "auto";

  @Option(
      names = "--format",
      paramLabel = "NAME",
      defaultValue = AUTO,
      description = "parquet, delta, json, csv or auto (default).")
  private String format;

  @Option(
      names = "--schema",
      paramLabel = "NAME",
      defaultValue = AUTO,
      description = "messages, sharegpt, pairs, transcript, message-rows or auto (default).")
  private String schema;

  @Mixin private CsvOption csv;

  @Option(
      names = "--column",
      paramLabel = "ROLE=NAME",
      converter = Naming.class,
      description =
          "Column for a role: id, messages, prompt, response, transcript, language, timestamp, source. Repeatable.")
  private List<NamedColumn> columns = List.of();

  /** A column and its role, as the user names them. */
  private record NamedColumn(String role, String column) {}

  private static final class Naming implements ITypeConverter<NamedColumn> {
    @Override
    public NamedColumn convert(String value) {
      int sign = value.indexOf('=');
      if (sign <= 0 || sign == value.length() - 1) {
        throw new TypeConversionException("expected ROLE=NAME, not '%s'".formatted(value));
      }
      return new NamedColumn(value.substring(0, sign), value.substring(sign + 1));
    }
  }

  /**
   * The request to read a corpus.
   *
   * @throws io.bingoguard.guard.GuardException naming the option that is wrong
   */
  CorpusRequest.Builder request(String input) {
    CorpusRequest.Builder request = CorpusRequest.of(input);
    if (!format.equals(AUTO)) {
      request.format(CorpusFormat.of(format));
    }
    if (!schema.equals(AUTO)) {
      request.schema(schema);
    }
    request.csv(csv.dialect());
    columns.forEach(named -> request.column(ColumnRole.of(named.role()), named.column()));
    return request;
  }
}

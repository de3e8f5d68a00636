package io.bingoguard.cli;

import io.bingoguard.source.ColumnRole;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

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
      description =
          "Column for a role: id, messages, prompt, response, transcript, language, timestamp, source. Repeatable.")
  private Map<String, String> columns = new LinkedHashMap<>();

  /**
   * The request to read a corpus.
   *
   * @param maxFilesPerBatch most input files of one micro-batch
   * @throws io.bingoguard.guard.GuardException naming the option that is wrong
   */
  CorpusRequest request(String input, int maxFilesPerBatch) {
    CorpusRequest.Builder request = CorpusRequest.of(input).maxFilesPerTrigger(maxFilesPerBatch);
    if (!format.equals(AUTO)) {
      request.format(CorpusFormat.of(format));
    }
    if (!schema.equals(AUTO)) {
      request.schema(schema);
    }
    request.csv(csv.dialect());
    columns.forEach((role, name) -> request.column(ColumnRole.of(role), name));
    return request.build();
  }
}

package io.bingoguard.cli;

import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code inspect}: shows how a corpus would be read. */
@Command(
    name = "inspect",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Shows how label would read a corpus.",
      "What was found out about it, and its first conversations as exchanges, with the",
      "beginnings of their texts. No model is needed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard inspect --input corpus.jsonl.gz",
      "  bingoguard inspect --input batch.jsonl --column messages=request.body.messages"
    })
final class InspectCommand extends GuardCommand<Corpus> {
  private static final int MOST_EXCHANGES = 200;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "File, folder or Delta table; any file system that Hadoop knows.")
  private String input;

  @Mixin private CorpusOptions reading;

  @Option(
      names = "--conversations",
      paramLabel = "N",
      defaultValue = "5",
      description = "How many conversations to show (default: ${DEFAULT-VALUE}).")
  private int conversations;

  @Override
  Corpus prepare(CommandContext context) {
    CorpusRequest request = reading.request(input).build();
    context.steps().begin("Looking at the input");
    context.reachInput(input);
    Corpus.refuseUnfit(request, context.hadoop());
    SparkSession spark = context.spark();
    context.steps().begin("Reading the beginning of the input");
    return Corpus.open(spark, request);
  }

  @Override
  Outcome execute(CommandContext context, Corpus corpus) {
    context.steps().begin("Reading the first conversations");
    List<ExchangeRow> first = new ArrayList<>();
    Set<String> ids = new LinkedHashSet<>();
    for (Row row : corpus.batch().takeAsList(MOST_EXCHANGES)) {
      ExchangeRow exchange = ExchangeRow.read(row);
      ids.add(exchange.conversationId());
      if (ids.size() > conversations) {
        break;
      }
      first.add(exchange);
    }
    return Outcome.done(
        "Input %s: %s%n%s".formatted(input, corpus.describe(), ExchangesText.of(first)), "{}");
  }
}

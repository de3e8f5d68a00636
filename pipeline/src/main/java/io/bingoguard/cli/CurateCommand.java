package io.bingoguard.cli;

import io.bingoguard.curate.Curation;
import io.bingoguard.curate.CurationRules;
import io.bingoguard.curate.CurationSummary;
import io.bingoguard.curate.PlannedCuration;
import io.bingoguard.source.Corpus;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code curate}: parts a corpus into records that are kept and records that are removed. */
@Command(
    name = "curate",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Parts a labelled corpus by rules over its labels.",
      "The records go to DIR/kept and DIR/removed, in the corpus's own format, and stay as they",
      "are; DIR/reasons says why each is removed."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard curate --input chats --labels labelled --output clean --plan",
      "  bingoguard curate --input chats --labels labelled --output o --threshold 0.3",
      "  bingoguard curate --input chats --labels labelled --output o --max-severity 1"
    })
final class CurateCommand extends GuardCommand<Curation> {
  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "The corpus that was labelled: Parquet, Delta or JSON Lines.")
  private String input;

  @Option(
      names = "--labels",
      required = true,
      paramLabel = "DIR",
      description = "The --output of label.")
  private String labels;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description =
          "New or empty directory, or the output of an earlier curate, which is brought up to date.")
  private String output;

  @Mixin private CorpusOptions reading;
  @Mixin private CurationOptions rules;

  @Option(
      names = "--plan",
      description =
          "Write nothing, and tell how many records these rules, other thresholds and other severities would remove.")
  private boolean plan;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write the figures as JSON to a local file.")
  private Optional<Path> summaryFile = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return summaryFile;
  }

  @Override
  Curation prepare(CommandContext context) {
    CurationRules asked = rules.rules(spec());
    context.reachInput(input);
    context.reachOutput(output);
    OutputDirectory labelled = OutputDirectory.existing(labels, context.hadoop());
    SparkSession spark = context.spark();
    context.steps().begin("Reading the beginning of the input");
    Corpus corpus = Corpus.open(spark, reading.request(input).build());
    out().println("Input " + input + ": " + corpus.describe());
    context.steps().begin("Looking at the labels");
    Curation curation = Curation.prepare(spark, corpus, labelled, asked, output, context.hadoop());
    if (!plan) {
      context.lease(curation.directory());
    }
    return curation;
  }

  @Override
  Outcome execute(CommandContext context, Curation curation) {
    if (plan) {
      context.steps().begin("Looking up the labels");
      List<PlannedCuration> planned = curation.plan();
      return Outcome.done(CurationText.planned(planned), CurationText.json(planned));
    }
    CurationSummary summary = curation.execute(context.steps()::begin);
    return Outcome.done(
        CurationText.heading(summary, curation.location()) + summary.text(), summary.json());
  }
}

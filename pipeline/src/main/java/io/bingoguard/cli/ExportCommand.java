package io.bingoguard.cli;

import io.bingoguard.review.ExportedSample;
import io.bingoguard.review.ReviewExport;
import io.bingoguard.review.sample.SampleRequest;
import io.bingoguard.review.sample.Side;
import io.bingoguard.review.tool.ReviewTool;
import io.bingoguard.source.Corpus;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** {@code export}: a sample of labelled messages for people to review. */
@Command(
    name = "export",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Draws a sample of labelled messages for people to review.",
      "Most are where labels are least sure. Verdicts of labels are not in the file, which is",
      "written for the tool that people review with. The sample stays in the table review_sample;",
      "bingoguard reviews takes the answers back."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard export --output labelled --sample 400 --for csv --file sample.csv",
      "  bingoguard export --output labelled --for argilla --file a.json --input chats"
    })
final class ExportCommand extends GuardCommand<ExportCommand.Prepared> {
  /** More is no sample any more. */
  private static final int MOST_ITEMS = 100_000;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output of earlier runs of label.")
  private String output;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "label-studio|argilla|csv",
      description = "What people review with.")
  private String tool;

  @Option(
      names = "--file",
      required = true,
      paramLabel = "FILE",
      description =
          "File for the tool; settings of the tool, where it has any, get the same name with another ending.")
  private Path file;

  @Option(
      names = "--sample",
      paramLabel = "N",
      description = "Draw a new sample of N messages (default: the one that was drawn last).")
  private Optional<Integer> size = Optional.empty();

  @Option(
      names = "--seed",
      paramLabel = "S",
      defaultValue = "1",
      description =
          "Same labels, size and seed, same sample (default: ${DEFAULT-VALUE}); goes with --sample.")
  private long seed;

  @Option(
      names = "--side",
      paramLabel = "prompt|response|both",
      defaultValue = "both",
      description = "Whose messages are sampled (default: ${DEFAULT-VALUE}); goes with --sample.")
  private Sides side;

  @Option(
      names = "--input",
      paramLabel = "PATH",
      description =
          "The corpus that was labelled: put the texts of the sample into the file (default: only where they are).")
  private Optional<String> input = Optional.empty();

  @Mixin private CorpusOptions reading;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write what was drawn as JSON to a local file.")
  private Optional<Path> summaryFile = Optional.empty();

  /** Whose messages are sampled. */
  private enum Sides {
    PROMPT,
    RESPONSE,
    BOTH;

    private Set<Side> sides() {
      return this == BOTH ? EnumSet.allOf(Side.class) : EnumSet.of(Side.valueOf(name()));
    }
  }

  /**
   * What was found out.
   *
   * @param export of the output
   * @param tool for which it is
   * @param corpus with the texts, if these are wanted
   */
  record Prepared(ReviewExport export, ReviewTool tool, Optional<Corpus> corpus) {}

  @Override
  Optional<Path> jsonFile() {
    return summaryFile;
  }

  @Override
  Prepared prepare(CommandContext context) {
    ReviewTool known = ReviewToolOption.of(spec(), "--for", tool);
    Optional<SampleRequest> request = size.map(this::request);
    OutputFile.refuseUnwritable(file);
    input.ifPresent(context::reachInput);
    context.reachOutput(output);
    OutputDirectory directory = OutputDirectory.existing(output, context.hadoop());
    if (request.isPresent()) {
      context.lease(directory);
    }
    SparkSession spark = context.spark();
    context.steps().begin("Looking at the output");
    ReviewExport export = ReviewExport.of(spark, directory, request);
    Optional<Corpus> corpus =
        input.map(
            path -> {
              context.steps().begin("Reading the beginning of the input");
              Corpus opened = Corpus.open(spark, reading.request(path).build());
              out().println("Input " + path + ": " + opened.describe());
              return opened;
            });
    return new Prepared(export, known, corpus);
  }

  private SampleRequest request(int items) {
    if (items < 1 || items > MOST_ITEMS) {
      throw new ParameterException(
          spec().commandLine(), "--sample is %d; expected 1 to %d".formatted(items, MOST_ITEMS));
    }
    return new SampleRequest(items, seed, side.sides());
  }

  @Override
  Outcome execute(CommandContext context, Prepared prepared) {
    OutputFile.deleteOlder(file);
    // Tables keep no more.
    Instant now = Instant.now().truncatedTo(ChronoUnit.MICROS);
    ExportedSample exported =
        prepared.export().run(prepared.tool(), prepared.corpus(), now, context.steps()::begin);
    Map<Path, String> files = new LinkedHashMap<>();
    files.put(file, exported.file());
    exported.settings().forEach((ending, text) -> files.put(beside(ending), text));
    return Outcome.done(exported.text(), exported.json()).with(files);
  }

  /** The file's name with another ending. */
  private Path beside(String ending) {
    String name = file.getFileName().toString();
    int dot = name.lastIndexOf('.');
    return file.resolveSibling((dot > 0 ? name.substring(0, dot) : name) + "." + ending);
  }
}

package io.bingoguard.cli;

import io.bingoguard.guard.SeverityMode;
import io.bingoguard.label.ErrorLimit;
import io.bingoguard.label.InputPolicy;
import io.bingoguard.label.LabelJob;
import io.bingoguard.label.LabelPlan;
import io.bingoguard.label.LabelSummary;
import io.bingoguard.label.OnChange;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.table.AcceptedModel;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;

/** {@code label}: labels what is new in a corpus. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Labels every exchange of a corpus that is not labelled yet.",
      "The corpus is not changed; labels go to the Delta table DIR/labels, runs to DIR/runs,",
      "and what the codes of categories mean to DIR/categories."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  bingoguard label --input corpus.jsonl.gz --output labelled --plan",
      "  bingoguard label --input corpus.jsonl.gz --output look --limit 100",
      "  bingoguard label --input corpus.jsonl.gz --output labelled",
      "  bingoguard label --input s3a://data/corpus --output s3a://data/out --model DIR"
    })
final class LabelCommand extends GuardCommand<LabelCommand.Prepared> {
  /** The driver holds as many. */
  private static final int MOST_LIMITED = 1_000_000;

  /** What is done about files that cannot be read. */
  enum BadFiles {
    QUARANTINE,
    FAIL
  }

  /** A job and what the categories of its labels mean. */
  record Prepared(LabelJob job, CategoryNames categories) {}

  @Option(
      names = "--input",
      required = true,
      paramLabel = "PATH",
      description = "File, folder or Delta table; any file system that Hadoop knows.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "New or empty directory, or the output of an earlier run.")
  private String output;

  @Mixin private ModelOptions model;

  @Mixin private CorpusOptions reading;

  @Option(
      names = "--severity",
      paramLabel = "flagged|all|off",
      defaultValue = "flagged",
      description = "Which replies are asked for their severity (default: ${DEFAULT-VALUE}).")
  private SeverityMode severity;

  @Option(names = "--include-text", description = "Write the texts into the labels table too.")
  private boolean includeText;

  @Option(
      names = "--limit",
      paramLabel = "N",
      description =
          "Quick look: label the first N exchanges only, into an output of their own; up to 1000000.")
  private Optional<Integer> limit = Optional.empty();

  @Option(
      names = "--plan",
      description =
          "Label nothing: count the input, try the model on a few exchanges of it, and tell how long all would take here.")
  private boolean plan;

  @Option(
      names = "--changed-files",
      paramLabel = "label|ignore|fail",
      defaultValue = "label",
      description =
          "What is done about files that changed since they were labelled (default: ${DEFAULT-VALUE}, what is new in them).")
  private OnChange changedFiles;

  @Option(
      names = "--source-changes",
      paramLabel = "label|skip|fail",
      defaultValue = "label",
      converter = OnSourceChange.class,
      description =
          "What is done about a Delta table of which rows were changed or deleted (default: ${DEFAULT-VALUE}, new and changed rows).")
  private OnChange sourceChanges;

  @Option(
      names = "--bad-files",
      paramLabel = "quarantine|fail",
      description =
          "What is done about files that cannot be read: they are put aside until the next run and the exit code is 3, or the run ends (default: it is refused when they are found at the start, and they are put aside later).")
  private Optional<BadFiles> badFiles = Optional.empty();

  @Option(
      names = "--retry-errors",
      description = "Judge exchanges of the input again that came out as errors.")
  private boolean retryErrors;

  @Option(
      names = "--max-error-rate",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      converter = ErrorRate.class,
      description =
          "End with exit code 4 when more than this share of the exchanges, 0 to 1, came out as errors (default: ${DEFAULT-VALUE}).")
  private ErrorLimit maxErrorRate;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write the run's summary as JSON to a local file.")
  private Optional<Path> summaryFile = Optional.empty();

  @Override
  Optional<Path> jsonFile() {
    return summaryFile;
  }

  @Override
  Optional<String> modelOption() {
    return model.model();
  }

  @Override
  Prepared prepare(CommandContext context) {
    refuseLimit();
    GuardSettings settings = context.settings();
    context.reachOutput(output);
    context.reachInput(input);
    OutputDirectory directory = OutputDirectory.open(output, context.hadoop());
    CorpusRequest request = request();
    CategoryNames categories = context.checkModel();
    context.steps().begin("Looking at the input");
    Corpus.refuseUnfit(request, context.hadoop());
    AcceptedModel.of(directory, context.hadoop())
        .ifPresent(
            accepted -> {
              accepted.refuseOtherLimit(limit.isPresent());
              context.refuseOtherModel(accepted);
            });
    Runnable refuseLost = plan ? () -> {} : context.lease(directory)::refuseLost;
    SparkSession spark = context.spark();
    context.steps().begin("Reading the beginning of the input");
    Corpus corpus = Corpus.open(spark, request);
    RunStamp run = context.run();
    context.steps().begin("Looking at the output");
    out().println("Input " + input + ": " + corpus.describe());
    out().println("Model " + run.model().id() + ", " + run.model().revision());
    LabelJob.Builder job =
        LabelJob.on(spark)
            .corpus(corpus)
            .output(directory)
            .options(
                new LabellingOptions(context.model(), context.given(), severity, run, includeText))
            .categories(categories.all())
            .errorLimit(maxErrorRate)
            .policy(
                new InputPolicy(
                    settings.maxFilesPerBatch(),
                    changedFiles,
                    sourceChanges,
                    !badFiles.equals(Optional.of(BadFiles.FAIL)),
                    retryErrors))
            .refuseLost(refuseLost)
            .stopped(context.stopSignals()::stopped)
            .progress(context.display());
    limit.ifPresent(job::limit);
    return new Prepared(job.prepare(), categories);
  }

  private CorpusRequest request() {
    CorpusRequest.Builder request = reading.request(input);
    if (badFiles.equals(Optional.of(BadFiles.QUARANTINE))) {
      request.tolerant();
    }
    return request.build();
  }

  private void refuseLimit() {
    if (limit.isPresent() && (limit.get() < 1 || limit.get() > MOST_LIMITED)) {
      throw new ParameterException(
          spec().commandLine(),
          "--limit is %d; expected 1 to %d exchanges".formatted(limit.get(), MOST_LIMITED));
    }
    if (limit.isPresent() && retryErrors) {
      throw new ParameterException(
          spec().commandLine(), "--limit needs a new output, where --retry-errors has no meaning");
    }
    if (limit.isPresent() && plan) {
      throw new ParameterException(
          spec().commandLine(), "--plan labels nothing, so --limit has no meaning with it");
    }
  }

  @Override
  Outcome execute(CommandContext context, Prepared prepared) {
    if (plan) {
      context.steps().begin("Trying the model on exchanges of the input");
      LabelPlan found = prepared.job().plan();
      return Outcome.done(PlanText.of(found), PlanText.json(found));
    }
    context.steps().pause();
    LabelSummary summary = prepared.job().execute();
    context.steps().begin("Reading the first labels");
    CategoryNames categories = prepared.categories();
    boolean demo = context.model().notice().isPresent();
    return Outcome.done(
            text(summary, prepared.job().labels(), categories),
            summary.toJson(demo, categories.byCode()))
        .with(maxErrorRate.problem(summary.statistics()).or(summary::quarantined));
  }

  private String text(LabelSummary summary, LabelsTable labels, CategoryNames categories) {
    StringBuilder text = new StringBuilder().append(System.lineSeparator());
    text.append(SummaryText.of(summary, categories));
    if (summary.statistics().exchanges() > 0) {
      text.append("%nFirst rows of %s%n".formatted(labels.path()));
      text.append(FirstRows.of(labels.rowsOf(summary.stamp().runId()), categories));
    } else {
      text.append(
          "%nNothing new: all that the input holds was read by an earlier run.%n".formatted());
    }
    limit.ifPresent(
        most ->
            text.append(
                "%nQuick look at the first %,d exchanges at most. To label all, give another --output and no --limit.%n"
                    .formatted(most)));
    return text.append(SummaryText.queryHint(labels.path())).toString();
  }

  private static final class OnSourceChange implements ITypeConverter<OnChange> {
    @Override
    public OnChange convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "label" -> OnChange.LABEL;
        case "skip" -> OnChange.IGNORE;
        case "fail" -> OnChange.FAIL;
        default ->
            throw new TypeConversionException("expected label, skip or fail, not '" + value + "'");
      };
    }
  }

  private static final class ErrorRate implements ITypeConverter<ErrorLimit> {
    @Override
    public ErrorLimit convert(String value) {
      try {
        return new ErrorLimit(Double.parseDouble(value));
      } catch (IllegalArgumentException e) {
        throw new TypeConversionException("expected a share from 0 to 1, not '" + value + "'");
      }
    }
  }
}

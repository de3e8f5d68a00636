package io.bingoguard.cli;

import io.bingoguard.guard.SeverityMode;
import io.bingoguard.label.ErrorLimit;
import io.bingoguard.label.LabelJob;
import io.bingoguard.label.LabelJobBuilder;
import io.bingoguard.label.LabelPlan;
import io.bingoguard.label.LabelSummary;
import io.bingoguard.prepare.TextPreparation;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.table.AcceptedModel;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import java.nio.file.Path;
import java.util.Map;
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
      "Labels the exchanges of a corpus that have no label yet.",
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

  @Mixin private TextOptions texts;

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

  @Mixin private PolicyOptions policy;

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
    Map<String, String> given = texts.over(context.given());
    TextHandling handling = TextPreparation.of(GuardSettings.of(given));
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
              if (!policy.rescan()) {
                context.refuseOtherModel(accepted);
              }
            });
    Runnable refuseLost = plan ? () -> {} : context.lease(directory)::refuseLost;
    SparkSession spark = context.spark();
    context.steps().begin("Reading the beginning of the input");
    Corpus corpus = Corpus.open(spark, request);
    RunStamp run = context.run();
    context.steps().begin("Looking at the output");
    out().println("Input " + input + ": " + corpus.describe());
    out().println("Model " + run.model().id() + ", " + run.model().revision());
    LabelJobBuilder job =
        LabelJob.on(spark)
            .corpus(corpus)
            .output(directory)
            .options(
                new LabellingOptions(context.model(), given, severity, handling, run, includeText))
            .categories(categories.all())
            .errorLimit(maxErrorRate)
            .policy(
                policy
                    .of(settings.maxFilesPerBatch())
                    .withLanguages(TextPreparation.judgedLanguages(GuardSettings.of(given))))
            .refuseLost(refuseLost)
            .stopped(context.stopSignals()::stopped)
            .progress(context.display());
    limit.ifPresent(job::limit);
    return new Prepared(job.prepare(), categories);
  }

  private CorpusRequest request() {
    CorpusRequest.Builder request = reading.request(input);
    if (policy.tolerant()) {
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
    if (limit.isPresent() && policy.concernsEarlierLabels()) {
      throw new ParameterException(
          spec().commandLine(),
          "--limit needs a new output, where --retry-errors, --rescan and --mark-deleted have no meaning");
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

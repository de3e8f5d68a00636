package io.bingoguard.cli;

import io.bingoguard.guard.GuardException;
import io.bingoguard.label.ErrorLimit;
import io.bingoguard.label.LabelJob;
import io.bingoguard.label.LabelSummary;
import io.bingoguard.label.ProgressDisplay;
import io.bingoguard.pipeline.ExitCode;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.score.SeverityMode;
import io.bingoguard.source.Corpus;
import io.bingoguard.spark.EngineReports;
import io.bingoguard.spark.LabelPartitions;
import io.bingoguard.spark.LabelingOptions;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code label}: labels what is new in a corpus. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Labels every exchange of a corpus that is not labelled yet.",
      "The corpus is not changed; labels go to the Delta table DIR/labels, runs to DIR/runs."
    })
final class LabelCommand implements Callable<Integer>, CommonOptions.Holder {
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

  @Mixin private CommonOptions common;

  @Spec private CommandSpec spec;

  @Override
  public CommonOptions common() {
    return common;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    ModelChoice choice;
    LabelJob job;
    try {
      summaryFile.ifPresent(OutputFile::refuseUnwritable);
      SparkSession spark = SparkSessions.open(model.warmingUp(common.settings()));
      PipelineSettings pipeline = PipelineSettings.of(spark);
      pipeline.refuseUnknown();
      Corpus corpus = Corpus.open(spark, reading.request(input, pipeline));
      out.println("Input " + input + ": " + corpus.describe());
      // Before the model's files are read for their digests, which takes a while for a large one.
      OutputDirectory.open(output, spark.sessionState().newHadoopConf());
      choice =
          ModelChoice.open(
              model.model(pipeline.given()),
              pipeline.given(),
              spark.sessionState().newHadoopConf());
      out.println("Model " + choice.stamp().modelId() + ", " + choice.stamp().modelRevision());
      job = job(spark, corpus, choice);
    } catch (GuardException refused) {
      return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
    }
    ModelOptions.notice(out, choice.demo());
    out.flush();
    LabelSummary summary;
    try {
      summary = job.execute();
    } catch (GuardException failed) {
      return ErrorReport.of(spec.commandLine()).print(failed, LabelJob.exitCode(failed));
    }
    show(out, summary, job.labels());
    ModelOptions.notice(out, choice.demo());
    out.flush();
    summaryFile.ifPresent(file -> OutputFile.write(file, summary.toJson() + "\n"));
    return maxErrorRate
        .problem(summary.errors(), summary.exchanges())
        .map(problem -> ErrorReport.of(spec.commandLine()).print(problem, ExitCode.TOO_MANY_ERRORS))
        .orElse(ExitCode.DONE);
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

  private LabelJob job(SparkSession spark, Corpus corpus, ModelChoice choice) {
    PipelineSettings pipeline = PipelineSettings.of(spark);
    LabelingOptions options =
        new LabelingOptions(choice.path(), pipeline.given(), severity, choice.stamp(), includeText);
    EngineReports engines = new EngineReports();
    spark.sparkContext().register(engines, "engines");
    return LabelJob.on(spark)
        .corpus(corpus)
        .output(output)
        .labeler(new LabelPartitions(options, engines))
        .engines(engines)
        .errorLimit(maxErrorRate)
        .stamp(choice.stamp())
        .includeText(includeText)
        .progress(ProgressDisplay.standardError(pipeline.progressInterval()))
        .build();
  }

  private static void show(PrintWriter out, LabelSummary summary, LabelsTable labels) {
    out.println();
    out.print(SummaryText.of(summary));
    if (summary.exchanges() > 0) {
      out.println();
      out.println("First rows of " + labels.path());
      out.print(FirstRows.of(labels.rowsOf(summary.runId())));
    }
    out.print(SummaryText.queryHint(labels.path()));
  }
}

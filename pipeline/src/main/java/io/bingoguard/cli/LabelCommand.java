package io.bingoguard.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import io.bingoguard.guard.GuardException;
import io.bingoguard.label.LabelJob;
import io.bingoguard.label.LabelSummary;
import io.bingoguard.label.ProgressDisplay;
import io.bingoguard.model.DemoModel;
import io.bingoguard.pipeline.PipelineErrors;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.score.SeverityMode;
import io.bingoguard.source.ColumnRole;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.EngineSettings;
import io.bingoguard.spark.LabelPartitions;
import io.bingoguard.spark.LabelingOptions;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code label}: labels what is new in a corpus. */
@Command(
    name = "label",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    description = {
      "Labels every exchange of a corpus that is not labelled yet.",
      "The corpus is not changed; labels go to the Delta table DIR/labels, runs to DIR/runs."
    })
final class LabelCommand implements Callable<Integer> {
  private static final String AUTO = "auto";

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

  @Option(
      names = "--model",
      paramLabel = "DIR",
      description =
          "Model directory. Without it: the bundled demo model "
              + DemoModel.ID
              + ", tiny, for demonstration and tests only.")
  private Optional<String> model = Optional.empty();

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

  @Option(
      names = "--column",
      paramLabel = "ROLE=NAME",
      description =
          "Column for a role: id, messages, prompt, response, transcript, language, timestamp, source. Repeatable.")
  private Map<String, String> columns = new LinkedHashMap<>();

  @Option(
      names = "--severity",
      paramLabel = "flagged|all|off",
      defaultValue = "flagged",
      description = "Which replies are asked for their severity (default: ${DEFAULT-VALUE}).")
  private SeverityMode severity;

  @Option(names = "--include-text", description = "Write the texts into the labels table too.")
  private boolean includeText;

  @Option(
      names = "--summary",
      paramLabel = "FILE",
      description = "Write the run's summary as JSON to a local file.")
  private Optional<Path> summaryFile = Optional.empty();

  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "Spark setting, spark.bingoguard.* included. Repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--verbose", description = "Print where an error happened.")
  private boolean verbose;

  @Spec private CommandSpec spec;

  boolean verbose() {
    return verbose;
  }

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    LabelJob job;
    boolean demo;
    try {
      refuseUnwritableSummary();
      SparkSession spark = SparkSessions.open(settings);
      PipelineSettings pipeline = PipelineSettings.of(spark);
      pipeline.refuseUnknown();
      Corpus corpus = Corpus.open(spark, request(pipeline));
      out.println("Input " + input + ": " + corpus.describe());
      // Before the model's files are read for their digests, which takes a while for a large one.
      OutputDirectory.open(output, spark.sessionState().newHadoopConf());
      ModelChoice choice =
          ModelChoice.open(model, EngineSettings.from(pipeline.given()).maxTokens());
      out.println("Model " + choice.stamp().modelId() + ", " + choice.stamp().modelRevision());
      demo = choice.demo();
      job = job(spark, corpus, choice);
    } catch (GuardException refused) {
      return ErrorReport.of(spec.commandLine()).print(refused, ExitCode.USAGE);
    }
    notice(out, demo);
    out.flush();
    LabelSummary summary = job.execute();
    show(out, summary, job.labels());
    notice(out, demo);
    out.flush();
    writeSummary(summary);
    return ExitCode.DONE;
  }

  private CorpusRequest request(PipelineSettings pipeline) {
    CorpusRequest.Builder request =
        CorpusRequest.of(input).maxFilesPerTrigger(pipeline.maxFilesPerBatch());
    if (!format.equals(AUTO)) {
      request.format(CorpusFormat.of(format));
    }
    if (!schema.equals(AUTO)) {
      request.schema(schema);
    }
    columns.forEach((role, name) -> request.column(ColumnRole.of(role), name));
    return request.build();
  }

  private LabelJob job(SparkSession spark, Corpus corpus, ModelChoice choice) {
    PipelineSettings pipeline = PipelineSettings.of(spark);
    LabelingOptions options =
        new LabelingOptions(choice.path(), pipeline.given(), severity, choice.stamp(), includeText);
    return LabelJob.on(spark)
        .corpus(corpus)
        .output(output)
        .labeler(new LabelPartitions(options))
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

  private static void notice(PrintWriter out, boolean demo) {
    if (demo) {
      out.println(DemoModel.NOTICE);
    }
  }

  /** A run of hours must not end without its summary: the file is opened before anything runs. */
  private void refuseUnwritableSummary() {
    summaryFile.ifPresent(
        file -> {
          try {
            Path absolute = file.toAbsolutePath();
            Files.createDirectories(absolute.getParent());
            boolean there = Files.exists(absolute);
            Files.newOutputStream(absolute, CREATE, APPEND).close();
            if (!there) {
              Files.delete(absolute);
            }
          } catch (IOException e) {
            throw PipelineErrors.summaryNotWritable(file.toString(), e);
          }
        });
  }

  private void writeSummary(LabelSummary summary) {
    if (summaryFile.isEmpty()) {
      return;
    }
    Path file = summaryFile.get().toAbsolutePath();
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, summary.toJson() + "\n");
    } catch (IOException e) {
      throw PipelineErrors.summaryNotWritable(file.toString(), e);
    }
  }
}

package io.bingoguard.label;

import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardException;
import io.bingoguard.pipeline.ExitCode;
import io.bingoguard.pipeline.PipelineErrors;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.source.Corpus;
import io.bingoguard.spark.EngineReports;
import io.bingoguard.spark.RunStamp;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.RunRecord;
import io.bingoguard.table.RunsTable;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeoutException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.util.LongAccumulator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels what is new in an input. Building the job checks the output and creates its tables, so
 * that what the user named wrongly shows before anything runs; {@link #execute} does the work.
 */
public final class LabelJob {
  private static final Logger LOG = LoggerFactory.getLogger(LabelJob.class);

  private final SparkSession spark;
  private final Corpus corpus;
  private final InputIdentity identity;
  private final OutputDirectory output;
  private final MapPartitionsFunction<Row, Row> labeler;
  private final RunStamp stamp;
  private final boolean includeText;
  private final ErrorLimit errorLimit;
  private final EngineReports engines;
  private final ProgressDisplay progress;
  private final InstantSource clock;
  private final FailureListener failures = new FailureListener();
  private final PipelineSettings settings;
  private final LabelsTable labels;
  private final RunsTable runs;

  private LabelJob(Builder builder) {
    this.spark = builder.spark;
    this.corpus = Objects.requireNonNull(builder.corpus, "corpus");
    this.labeler = Objects.requireNonNull(builder.labeler, "labeler");
    this.stamp = Objects.requireNonNull(builder.stamp, "stamp");
    this.includeText = builder.includeText;
    this.errorLimit = Objects.requireNonNull(builder.errorLimit, "errorLimit");
    this.engines = builder.engines;
    this.progress = Objects.requireNonNull(builder.progress, "progress");
    this.clock = builder.clock;
    this.settings = PipelineSettings.of(spark);
    this.identity = InputIdentity.of(corpus, hadoop());
    this.output = OutputDirectory.open(builder.output, hadoop());
    refuseOutputInsideInput();
    refuseOtherLayout();
    this.labels = LabelsTable.open(spark, output, stamp, includeText);
    this.runs = RunsTable.open(spark, output);
  }

  /** A job on a session that has Delta's SQL extension and catalog. */
  public static Builder on(SparkSession spark) {
    return new Builder(spark);
  }

  public LabelsTable labels() {
    return labels;
  }

  /**
   * Labels what is new, records the run in the runs table, finished or failed, and sums it up.
   *
   * <p>Whether the finished run keeps the limit of errors is for the caller to ask; one that is
   * under way is ended when it does not.
   *
   * @throws GuardException RUN_FAILED, TOO_MANY_ERRORS, or the labeler's own error; what was
   *     committed stays, and executing the job again goes on from there
   */
  public LabelSummary execute() {
    Instant start = clock.instant();
    try {
      label();
      LabelSummary summary = summary(start);
      record(start, summary, errorLimit.problem(summary.errors(), summary.exchanges()));
      return summary;
    } catch (Exception e) {
      // Spark's analysis errors are checked exceptions that its methods do not declare.
      GuardException failure = failure(e);
      recordFailure(start, failure);
      throw failure;
    }
  }

  private void label() throws TimeoutException, StreamingQueryException, IOException {
    SparkContext context = spark.sparkContext();
    LongAccumulator exchanges = context.longAccumulator("exchanges labelled");
    LongAccumulator conversations = context.longAccumulator("conversations begun");
    LongAccumulator errors = context.longAccumulator("exchanges in error");
    LabelWriter writer =
        new LabelWriter(
            labels, new CountingLabeler(labeler, exchanges, conversations, errors), includeText);
    ProgressListener listener = new ProgressListener(exchanges.id(), conversations.id());
    ProgressMeter meter = new ProgressMeter(total(), System::nanoTime);
    context.addSparkListener(listener);
    context.addSparkListener(failures);
    // The driver's own sums are exact for finished tasks; the listener knows running ones too.
    ProgressReporter reporter =
        ProgressReporter.start(
            progress,
            () ->
                meter.line(
                    listener
                        .counts()
                        .max(new LabelCounts(exchanges.value(), conversations.value()))));
    try {
      if (corpus.streamable()) {
        new StreamedLabeling(
                writer,
                checkpoint(),
                stamp.runId(),
                () -> errorLimit.check(errors.value(), exchanges.value()))
            .run(corpus.stream());
      } else {
        // Named before it is read: what arrives in between is taken for new by the next run.
        String fingerprint = identity.fingerprint();
        new WholeLabeling(writer, labels).run(corpus.batch(), fingerprint, stamp.runId());
      }
    } finally {
      reporter.finish();
      context.removeSparkListener(listener);
      context.removeSparkListener(failures);
    }
  }

  /** Known when all of the input is to be labelled, which takes one cheap pass over it. */
  private OptionalLong total() throws IOException {
    Path checkpoint = new Path(checkpoint());
    boolean fresh =
        corpus.streamable()
            ? !checkpoint.getFileSystem(hadoop()).exists(checkpoint)
            : labels.read().isEmpty();
    return fresh ? corpus.conversations() : OptionalLong.empty();
  }

  private void refuseOutputInsideInput() {
    String inside = identity.path() + "/";
    if ((output.root() + "/").startsWith(inside)) {
      throw PipelineErrors.outputInsideInput(output.root(), corpus.input());
    }
  }

  /**
   * New files can change what is found out about an input. Read in another way, all of it would be
   * labelled again; that is only done for who asks for it.
   */
  private void refuseOtherLayout() {
    List<String> keys = output.checkpointKeys(identity.pathKey(), hadoop());
    if (!corpus.textLayoutNamed() && !keys.isEmpty() && !keys.contains(identity.key())) {
      throw PipelineErrors.inputReadOtherwise(corpus.input(), output.root(), corpus.textLayout());
    }
  }

  private String checkpoint() {
    return output.checkpoint(identity.key());
  }

  private LabelSummary summary(Instant start) {
    return SummaryQuery.run(
        labels.rowsOf(stamp.runId()),
        stamp,
        corpus.contextMessages(),
        engines.value(),
        Duration.between(start, clock.instant()));
  }

  private GuardException failure(Exception e) {
    return GuardErrors.known(e)
        .or(failures::latest)
        .or(() -> corpus.explain(e))
        .orElseGet(() -> PipelineErrors.runFailed(corpus.input(), output.root(), e));
  }

  private void recordFailure(Instant start, GuardException failure) {
    try {
      record(start, summary(start), Optional.of(failure));
    } catch (Exception e) {
      LOG.warn("The failed run {} could not be recorded in {}", stamp.runId(), output.runs(), e);
      failure.addSuppressed(e);
    }
  }

  private void record(Instant start, LabelSummary summary, Optional<GuardException> failure) {
    runs.append(
        new RunRecord(
            stamp,
            start,
            clock.instant(),
            identity.path().toString(),
            corpus.describe(),
            settings.given(),
            summary.byStatus(),
            summary.inputTokens(),
            summary.engines(),
            failure.map(LabelJob::exitCode).orElse(ExitCode.DONE),
            failure.map(error -> error.code() + ": " + error.getMessage())));
  }

  /** What the process returns for a failure of {@link #execute}. */
  public static int exitCode(GuardException failure) {
    return failure.code().equals(PipelineErrors.TOO_MANY_ERRORS)
        ? ExitCode.TOO_MANY_ERRORS
        : ExitCode.FAILED;
  }

  private Configuration hadoop() {
    return spark.sessionState().newHadoopConf();
  }

  /** Collects what a job needs. */
  public static final class Builder {
    private final SparkSession spark;
    private Corpus corpus;
    private String output;
    private MapPartitionsFunction<Row, Row> labeler;
    private RunStamp stamp;
    private boolean includeText;
    private ErrorLimit errorLimit = ErrorLimit.NONE;
    private EngineReports engines = new EngineReports();
    private ProgressDisplay progress;
    private InstantSource clock = InstantSource.system();

    private Builder(SparkSession spark) {
      this.spark = Objects.requireNonNull(spark, "spark");
    }

    public Builder corpus(Corpus value) {
      corpus = value;
      return this;
    }

    /** The output directory, as the user named it. */
    public Builder output(String value) {
      output = value;
      return this;
    }

    /** Exchange rows in, label rows out, one a row. */
    public Builder labeler(MapPartitionsFunction<Row, Row> value) {
      labeler = value;
      return this;
    }

    public Builder stamp(RunStamp value) {
      stamp = value;
      return this;
    }

    /** Whether the two texts are written too. */
    public Builder includeText(boolean value) {
      includeText = value;
      return this;
    }

    /** How many rows may be errors; any number, unless this is called. */
    public Builder errorLimit(ErrorLimit value) {
      errorLimit = value;
      return this;
    }

    /** Where the labeler leaves the reports of its engines; registered with the Spark context. */
    public Builder engines(EngineReports value) {
      engines = value;
      return this;
    }

    public Builder progress(ProgressDisplay value) {
      progress = value;
      return this;
    }

    Builder clock(InstantSource value) {
      clock = value;
      return this;
    }

    /**
     * Checks the output and creates its tables.
     *
     * @throws GuardException OUTPUT_UNSUITABLE, OUTPUT_UNREADABLE, OUTPUT_OTHER_MODEL or
     *     SETTING_INVALID
     */
    public LabelJob build() {
      return new LabelJob(this);
    }
  }
}

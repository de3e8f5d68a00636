package io.bingoguard.label;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.GuardException;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.Steps;
import io.bingoguard.source.Corpus;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.table.CategoriesTable;
import io.bingoguard.table.FilesAgreement;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.InputFiles;
import io.bingoguard.table.KnownFiles;
import io.bingoguard.table.LabelStatistics;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.RunFiles;
import io.bingoguard.table.RunRecord;
import io.bingoguard.table.RunStart;
import io.bingoguard.table.RunsTable;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Labels what is new in an input. {@link LabelJobBuilder#prepare} refuses what the user named
 * wrongly and changes nothing; {@link #execute} does the work.
 */
public final class LabelJob {
  private static final Logger LOG = LoggerFactory.getLogger(LabelJob.class);

  private final SparkSession spark;
  private final Corpus corpus;
  private final OutputDirectory output;
  private final MapPartitionsFunction<Row, Row> labeller;
  private final Runnable warmUp;
  private final Supplier<List<EngineReport>> engines;
  private final LabellingOptions options;
  private final ErrorLimit errorLimit;
  private final ProgressDisplay display;
  private final OptionalInt limit;
  private final InputPolicy policy;
  private final Runnable refuseLost;
  private final Supplier<Optional<GuardException>> stopped;
  private final LabelsTable labels;
  private final FilesTable files;
  private final FilesAgreement agreement;
  private final TablesBeside tablesBeside;
  private final InputLabelling inputLabelling;
  private KnownFiles known = KnownFiles.NONE;

  LabelJob(LabelJobBuilder builder) {
    this.spark = builder.spark;
    this.corpus = Objects.requireNonNull(builder.corpus, "corpus");
    this.output = Objects.requireNonNull(builder.output, "output");
    this.options = Objects.requireNonNull(builder.options, "options");
    this.labeller = builder.labeller;
    this.warmUp = builder.warmUp;
    this.engines = builder.engines;
    this.errorLimit = builder.errorLimit;
    this.display = Objects.requireNonNull(builder.display, "display");
    this.limit = builder.limit;
    this.policy = builder.policy;
    this.refuseLost = builder.refuseLost;
    this.stopped = builder.stopped;
    LabelsTable table = LabelsTable.of(spark, output, options.stamp(), options.includeText());
    this.labels = policy.has(InputPolicy.Choice.RESCAN) ? table.besideOthers() : table;
    this.files = FilesTable.of(spark, output, options.stamp());
    this.agreement = FilesAgreement.of(spark, output);
    this.tablesBeside =
        new TablesBeside(
            spark.sparkContext(),
            RunsTable.of(spark, output),
            CategoriesTable.of(spark, output, options.stamp(), builder.categories));
    this.inputLabelling = new InputLabelling(corpus, policy, labels, files);
  }

  /** A job on a session that has Delta's SQL extension and catalog. */
  public static LabelJobBuilder on(SparkSession spark) {
    return new LabelJobBuilder(spark);
  }

  public LabelsTable labels() {
    return labels;
  }

  /** See {@link LabelJobBuilder#prepare}. */
  void refuseUnfit() {
    refuseOutputInsideInput();
    labels.refuseUnfit();
    refuseOtherLimit();
    agreement.refuseUnfit();
    refuseOtherLayout();
    tablesBeside.refuseUnfit(labels);
  }

  /** The first exchanges of an input and all of them would stand beside each other. */
  private void refuseOtherLimit() {
    if (limit.isPresent()) {
      labels.refuseFilled();
    } else {
      labels.refuseLimited();
    }
  }

  private void refuseUnfitBatch() {
    stopped.get().ifPresent(LabelJob::fail);
    refuseLost.run();
    refuseOtherLimit();
    tablesBeside.refuseFailed();
  }

  private static void fail(GuardException failure) {
    throw failure;
  }

  private void refuseOutputInsideInput() {
    if ((output.root() + "/").startsWith(corpus.path() + "/")) {
      throw LabelErrors.outputInsideInput(output.root(), corpus.input());
    }
  }

  /**
   * New files can change what is found out about an input. Read in another way, all of it would be
   * labelled again; that is only done for who asks for it.
   */
  private void refuseOtherLayout() {
    if (!files.exists()) {
      return;
    }
    known = files.known(corpus.path());
    boolean otherLayouts =
        known.layouts().stream().anyMatch(one -> !one.equals(corpus.textLayout()));
    if (otherLayouts && policy.has(InputPolicy.Choice.MARK_DELETED)) {
      throw LabelErrors.severalReadings(corpus.input(), output.root());
    }
    if (known.layouts().contains(corpus.textLayout())) {
      corpus.refuseLostColumns(known.version(corpus.textLayout()));
      return;
    }
    if (known.layouts().isEmpty()) {
      return;
    }
    if (!corpus.textLayoutNamed()) {
      throw LabelErrors.inputReadOtherwise(corpus.input(), output.root(), corpus.textLayout());
    }
    LOG.warn(
        "Input {} was labelled into {} before, in another reading than the columns that are named"
            + " now: all of it is labelled again, beside the rows that are there",
        corpus.input(),
        output.root());
  }

  /**
   * Creates the tables where they are missing, labels what is new, records the run in the runs
   * table, finished or failed, and sums it up.
   *
   * <p>Whether the finished run keeps the limit of errors is for the caller to ask; one that is
   * under way is ended when it does not.
   *
   * @throws GuardException RUN_FAILED, TOO_MANY_ERRORS, or the labeller's own error; what was
   *     committed stays, and executing the job again goes on from there
   */
  public LabelSummary execute() {
    try (Steps steps = Steps.start(display)) {
      return execute(steps);
    }
  }

  private LabelSummary execute(Steps steps) {
    steps.begin("Opening the tables");
    labels.create();
    boolean fresh = labels.neverWritten();
    if (fresh) {
      tablesBeside.begin();
      warmUp.run();
    } else if (agreement.create()) {
      known = files.known(corpus.path());
    }
    RunStart start = start();
    tablesBeside.create(
        labels, fresh && limit.isEmpty() ? Optional.of(files) : Optional.empty(), start);
    LabelProgress progress = new LabelProgress(spark.sparkContext(), display, errorLimit);
    LabelWriter writer =
        new LabelWriter(
            labels,
            options.stamp(),
            progress.counting(labeller),
            options.includeText(),
            this::refuseUnfitBatch);
    try {
      RunFiles read = label(writer, fresh, progress, steps);
      stopped.get().ifPresent(LabelJob::fail);
      steps.begin("Adding up the labels");
      LabelSummary summary = summary(start.at(), writer, read);
      steps.begin("Recording the run");
      record(start, summary, errorLimit.problem(summary.statistics()).or(summary::quarantined));
      return summary;
    } catch (Exception e) {
      // Spark's analysis errors are checked exceptions that its methods do not declare.
      GuardException failure = failure(e, progress);
      recordFailure(start, failure, writer);
      throw failure;
    }
  }

  /**
   * What the job would take; some exchanges are labelled for it, and nothing is written.
   *
   * @throws GuardException what the labeller cannot do
   */
  public LabelPlan plan() {
    try {
      return new LabelPlanner(spark, labeller, engines, options.includeText()).plan(corpus);
    } catch (Exception e) {
      // Spark's analysis errors are checked exceptions that its methods do not declare.
      throw stopped
          .get()
          .or(() -> GuardException.in(e))
          .orElseGet(() -> LabelErrors.runFailed(corpus.input(), output.root(), e));
    }
  }

  private RunFiles label(LabelWriter writer, boolean fresh, LabelProgress progress, Steps steps) {
    try (progress) {
      if (limit.isPresent()) {
        return labelFirst(writer, limit.getAsInt(), progress, steps);
      }
      return inputLabelling.run(writer, fresh, before(), progress, steps);
    }
  }

  private InputLabelling.Before before() {
    return new InputLabelling.Before(
        () -> {
          tablesBeside.await();
          return files;
        },
        tablesBeside::begin,
        known,
        agreement.editsOfLabels(),
        () -> labels.judgedBy(tablesBeside.runsAlike(deciding())));
  }

  private RunFiles labelFirst(
      LabelWriter writer, int exchanges, LabelProgress progress, Steps steps) {
    steps.begin("Reading the beginning of the input");
    labels.limit(exchanges);
    FirstLabelling first = new FirstLabelling(spark, corpus.batch().takeAsList(exchanges));
    steps.pause();
    progress.show(OptionalLong.of(first.conversations()));
    first.run(
        writer,
        new InputFiles(corpus.path(), corpus.textLayout(), OptionalLong.empty(), List.of()));
    labels.refuseOthers();
    return RunFiles.NONE;
  }

  private LabelSummary summary(Instant start, LabelWriter writer, RunFiles read) {
    return new LabelSummary(
        options.stamp(),
        writer.wrote()
            ? LabelStatistics.of(labels.rowsOf(options.stamp().runId()))
            : LabelStatistics.none(),
        corpus.unread(),
        writer.wrote() ? labels.repeatedKeys(options.stamp().runId()) : 0,
        inputLabelling.retried(),
        inputLabelling.marks().deleted(),
        inputLabelling.marks().back(),
        read,
        engines.get(),
        Duration.between(start, Instant.now()).toMillis() / 1000.0);
  }

  private GuardException failure(Exception e, LabelProgress progress) {
    return stopped
        .get()
        .or(() -> GuardException.in(e))
        .or(progress::failure)
        .orElseGet(
            () ->
                OtherRun.causedBy(e)
                    ? LabelErrors.outputInUse(output.root(), e)
                    : LabelErrors.runFailed(corpus.input(), output.root(), e));
  }

  private void recordFailure(RunStart start, GuardException failure, LabelWriter writer) {
    try {
      record(start, summary(start.at(), writer, RunFiles.NONE), Optional.of(failure));
    } catch (Exception e) {
      LOG.warn(
          "The failed run {} could not be recorded in {}: {}",
          options.stamp().runId(),
          output.runs(),
          GuardException.described(e));
      failure.addSuppressed(e);
    }
  }

  private void record(RunStart start, LabelSummary summary, Optional<GuardException> failure) {
    tablesBeside.record(
        new RunRecord(
            start,
            Instant.now(),
            summary.statistics(),
            summary.files(),
            summary.engines(),
            failure));
  }

  private RunStart start() {
    return new RunStart(
        options.stamp(), Instant.now(), corpus.path(), corpus.describe(), settings());
  }

  private Map<String, String> deciding() {
    Map<String, String> deciding = new TreeMap<>(GuardSettings.of(options.settings()).deciding());
    deciding.put("severity", options.severity().name().toLowerCase(Locale.ROOT));
    return deciding;
  }

  /** What was given, and all that decides labels and is not in the rows themselves. */
  private Map<String, String> settings() {
    Map<String, String> settings = new TreeMap<>(options.settings());
    settings.putAll(deciding());
    limit.ifPresent(most -> settings.put("limit", Integer.toString(most)));
    return settings;
  }
}

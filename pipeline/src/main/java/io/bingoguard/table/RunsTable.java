package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.bingoguard.spark.rows.LabelRow;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What was run on an output, one row a run from its beginning on. A run that ends without a word,
 * killed or with its host, leaves a row that says {@code running}; the next run closes it.
 */
public final class RunsTable {
  /** The last run of a model. */
  public static final String LAST_RUN = "last_run";

  private static final String RUNNING = "running";
  private static final String FINISHED = "finished";
  private static final String FAILED = "failed";
  private static final String DIED = "died";

  /** Paths of a kind that a row names. */
  private static final int NAMED = 100;

  private static final StructType SCHEMA =
      new StructType()
          .add("run_id", StringType, false, "The run; the same as in the labels table")
          .add("started_at", TimestampType, false, "When the run began")
          .add(
              "finished_at",
              TimestampType,
              true,
              "When the run ended, finished or failed, or when it was noticed that it had died; null while it runs")
          .add("input", StringType, false, "The corpus, as a qualified path")
          .add("input_description", StringType, false, "The format and schema that were found")
          .add("model_id", StringType, false, "Name of the model")
          .add("model_revision", StringType, false, "SHA-256 over the model's files")
          .add("prompt_pack", StringType, false, "Name, version and SHA-256 of the prompt pack")
          .add("engine_version", StringType, false, "Version of this software")
          .add(
              "settings",
              mapOf(StringType),
              false,
              "Settings in force, spark.bingoguard.*, and the mode of severity")
          .add(
              "exchanges",
              LongType,
              false,
              "Rows that the run added to the labels table; 0 while it runs")
          .add(
              "by_status",
              mapOf(LongType),
              false,
              "Rows added, by label_status; empty while it runs and when it died")
          .add(
              "input_tokens",
              LongType,
              false,
              "Prompt tokens of the rows added; 0 while it runs and when it died")
          .add(
              "seconds",
              DoubleType,
              false,
              "Wall time of the run; 0 while it runs and when it died")
          .add(
              "exchanges_per_second",
              DoubleType,
              false,
              "Rows added per second of wall time; 0 while it runs and when it died")
          .add(
              "executors",
              DataTypes.createArrayType(ExecutorColumns.SCHEMA),
              false,
              "What the engine of each executor did, as far as finished tasks have told")
          .add(
              "exit_code",
              IntegerType,
              true,
              "What the process returned, 0 when all went well; null while it runs and when it died")
          .add(
              "error_message",
              StringType,
              true,
              "Why the run failed, or what is wrong with what it did; null when nothing is, and while it runs")
          .add(
              "status",
              StringType,
              true,
              "running, finished, failed, or died: killed, or ended with its host; null in rows of older builds")
          .add(
              "files",
              mapOf(LongType),
              true,
              "Numbers of input files: labelled, changed (since they were labelled), gone (labelled, and no longer there), quarantined (not readable); null while it runs and when it died")
          .add(
              "files_named",
              DataTypes.createMapType(StringType, DataTypes.createArrayType(StringType), true),
              true,
              "Paths of the first "
                  + NAMED
                  + " files that changed, are gone or quarantined, and as rewrites the commits that changed rows of an input that is a Delta table, as edits those by which others changed or deleted labels; null as files")
          .add(
              "exchanges_reused",
              LongType,
              true,
              "Rows added whose labels are copies of those of equal texts; null while it runs, when it died, and in rows of older builds")
          .add(
              "tokens_reused",
              LongType,
              true,
              "Those of input_tokens that are of such rows, which were not judged again; null as exchanges_reused");

  private static final String NOT_BACKWARDS = "run_not_backwards";
  private static final String MESSAGE = "error_message_when_failed";

  private static final TableSpec SPEC =
      new TableSpec(
          "Labelling runs, one row a run",
          SCHEMA,
          Map.of(
              NOT_BACKWARDS,
              "finished_at IS NULL OR finished_at >= started_at",
              MESSAGE,
              "(error_message IS NOT NULL) = (coalesce(status, '') = 'died' OR coalesce(exit_code, 0) <> 0)"),
          List.of(),
          List.of(),
          Map.of());

  private final SparkSession spark;
  private final PathTable table;

  private RunsTable(SparkSession spark, PathTable table) {
    this.spark = spark;
    this.table = table;
  }

  /** The table of an output, which need not exist yet; nothing is read or written. */
  public static RunsTable of(SparkSession spark, OutputDirectory output) {
    return new RunsTable(spark, new PathTable(spark, output.runs(), SPEC));
  }

  /**
   * Refuses what no run could be appended to; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseUnfit() {
    table.refuseUnfit();
  }

  /**
   * Creates the table if it is not there, and adds the columns and figures that an older one lacks.
   *
   * @throws io.bingoguard.guard.GuardException as {@link #refuseUnfit} does: others write too
   */
  public void create() {
    table.create();
    boolean older = !Arrays.asList(table.read().columns()).contains("status");
    table.widen();
    if (older) {
      // Of a run that has not ended, older builds knew nothing.
      table.allowNull("finished_at");
      table.allowNull("exit_code");
      SPEC.constraints().forEach(table::replaceConstraint);
    }
  }

  public boolean exists() {
    return table.exists();
  }

  /** The runs; no rows where there is no such table. */
  public Dataset<Row> read() {
    return table.exists() ? table.read() : spark.createDataFrame(List.<Row>of(), SCHEMA);
  }

  /**
   * When each model and prompt pack was last at work, as {@link #LAST_RUN}.
   *
   * @param runs rows of such a table
   */
  public static Dataset<Row> lastAtWork(Dataset<Row> runs) {
    return runs.groupBy(LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .agg(max("started_at").as(LAST_RUN));
  }

  /**
   * The models of labels, the one that was last at work first, as {@code model_id}, {@code
   * model_revision} and {@code prompt_pack}; there are few.
   *
   * @param labels rows of the labels table
   * @param runs rows of such a table
   */
  public static Dataset<Row> models(Dataset<Row> labels, Dataset<Row> runs) {
    return labels
        // By name too, since the greatest of strings makes Spark sort its rows.
        .groupBy(LabelRow.MODEL_ID, LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .agg(max(LabelRow.LABELLED_AT).as(LabelRow.LABELLED_AT))
        .groupBy(LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .agg(
            max(LabelRow.MODEL_ID).as(LabelRow.MODEL_ID),
            max(LabelRow.LABELLED_AT).as(LabelRow.LABELLED_AT))
        .join(
            lastAtWork(runs), new String[] {LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK}, "left")
        .orderBy(
            col(LAST_RUN).desc_nulls_last(),
            col(LabelRow.LABELLED_AT).desc(),
            col(LabelRow.MODEL_REVISION),
            col(LabelRow.PROMPT_PACK));
  }

  /** Records that a run has begun. */
  public void begin(RunStart run) {
    table.append(rows(run, Optional.empty()), ofRun(run));
  }

  /** Records a run that has ended and whose beginning is not recorded. */
  public void add(RunRecord run) {
    table.append(rows(run.start(), Optional.of(run)), ofRun(run.start()));
  }

  /**
   * Records how a run ended. That it failed is not recorded over that it did not: a commit may have
   * been made of which the driver was told otherwise.
   */
  public void end(RunRecord run) {
    String ofRun = "run_id = " + SqlText.literal(run.start().stamp().runId());
    if (!run.finished()
        && !table.read().where(ofRun).where(col("status").equalTo(FINISHED)).isEmpty()) {
      return;
    }
    table.replace(rows(run.start(), Optional.of(run)), ofRun, ofRun(run.start()));
  }

  /**
   * Closes the rows of runs that have died; for who holds the right to write to the output, so that
   * no other run lives.
   *
   * @return how many
   */
  public int closeDead(Dataset<Row> labels) {
    List<Row> dead = running().select("run_id").collectAsList();
    for (Row run : dead) {
      String runId = run.getString(0);
      long added = labels.where(col(LabelRow.RUN_ID).equalTo(runId)).count();
      table.update(
          col("run_id").equalTo(runId),
          Map.of(
              "status",
              lit(DIED),
              "finished_at",
              current_timestamp(),
              "exchanges",
              lit(added),
              "error_message",
              lit("The run ended without a word: it was killed, or ended with its host.")));
    }
    return dead.size();
  }

  /**
   * Ids of runs with settings alike.
   *
   * @param settings the values that these have, given or not, by key
   */
  public Dataset<Row> alike(Map<String, String> settings) {
    Column all = lit(true);
    for (Map.Entry<String, String> one : settings.entrySet()) {
      all = all.and(col("settings").getItem(one.getKey()).equalTo(one.getValue()));
    }
    return table.read().where(all).select("run_id");
  }

  /** The rows of runs that have not said that they ended. */
  public Dataset<Row> running() {
    return table.read().where(col("status").equalTo(RUNNING));
  }

  private Dataset<Row> rows(RunStart start, Optional<RunRecord> end) {
    Row row =
        RowFactory.create(
            start.stamp().runId(),
            Timestamp.from(start.at()),
            end.map(run -> Timestamp.from(run.finishedAt())).orElse(null),
            start.input(),
            start.inputDescription(),
            start.stamp().model().id(),
            start.stamp().model().revision(),
            start.stamp().model().promptPack(),
            start.stamp().engineVersion(),
            start.settings(),
            end.map(run -> run.added().exchanges()).orElse(0L),
            end.<Map<String, Long>>map(run -> run.added().byStatus()).orElse(Map.of()),
            end.map(run -> run.added().inputTokens()).orElse(0L),
            end.map(RunRecord::seconds).orElse(0.0),
            end.map(RunRecord::exchangesPerSecond).orElse(0.0),
            end.map(run -> ExecutorColumns.rows(run.engines()).toArray(Row[]::new))
                .orElse(new Row[0]),
            end.map(RunRecord::exitCode).orElse(null),
            end.flatMap(RunRecord::errorMessage).orElse(null),
            end.map(RunsTable::status).orElse(RUNNING),
            end.map(run -> numbers(run.files())).orElse(null),
            end.map(run -> names(run.files())).orElse(null),
            end.map(run -> run.added().reused()).orElse(null),
            end.map(run -> run.added().reusedTokens()).orElse(null));
    return spark.createDataFrame(List.of(row), SCHEMA);
  }

  private static String status(RunRecord run) {
    return run.finished() ? FINISHED : FAILED;
  }

  private static Map<String, Long> numbers(RunFiles files) {
    return Map.of(
        "labelled", files.labelled(),
        "changed", (long) files.changed().size(),
        "gone", (long) files.gone().size(),
        "quarantined", (long) files.quarantined().size());
  }

  private static Map<String, String[]> names(RunFiles files) {
    return Map.of(
        "changed", first(files.changed()),
        "gone", first(files.gone()),
        "quarantined", first(files.quarantined()),
        "rewrites", first(files.rewrites()),
        "edits", first(files.edits()));
  }

  private static String[] first(List<String> paths) {
    return paths.stream().limit(NAMED).toArray(String[]::new);
  }

  private static String ofRun(RunStart run) {
    return LabelCommit.ofRun(run.stamp().runId());
  }

  private static DataType mapOf(DataType value) {
    return DataTypes.createMapType(StringType, value, false);
  }
}

package io.bingoguard.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What was run on an output, one row a run, failed runs included. */
public final class RunsTable {
  private static final JsonMapper JSON = new JsonMapper();

  private static final StructType SCHEMA =
      new StructType()
          .add("run_id", StringType, false, "The run; the same as in the labels table")
          .add("started_at", TimestampType, false, "When the run began")
          .add("finished_at", TimestampType, false, "When the run ended, finished or failed")
          .add("input", StringType, false, "The corpus as it was named")
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
          .add("exchanges", LongType, false, "Rows that the run added to the labels table")
          .add("by_status", mapOf(LongType), false, "Rows added, by label_status")
          .add("input_tokens", LongType, false, "Prompt tokens of the rows added")
          .add("seconds", DoubleType, false, "Wall time of the run")
          .add("exchanges_per_second", DoubleType, false, "Rows added per second of wall time")
          .add(
              "executors",
              DataTypes.createArrayType(ExecutorColumns.SCHEMA),
              false,
              "What the engine of each executor did, as far as finished tasks have told")
          .add("exit_code", IntegerType, false, "What the process returned; 0 when it finished")
          .add("error_message", StringType, true, "Why the run failed; null when it finished");

  private static final TableSpec SPEC =
      new TableSpec(
          "Labelling runs, one row a run",
          SCHEMA,
          Map.of(
              "run_not_backwards", "finished_at >= started_at",
              "error_message_when_failed", "(error_message IS NULL) = (exit_code = 0)"),
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
    table.widen();
  }

  /**
   * Records a run. That it failed is not recorded beside that it did not: a commit may have been
   * made of which the driver was told otherwise.
   */
  public void append(RunRecord run) {
    if (run.failure().isPresent() && recorded(run.stamp().runId())) {
      return;
    }
    Row row =
        RowFactory.create(
            run.stamp().runId(),
            Timestamp.from(run.startedAt()),
            Timestamp.from(run.finishedAt()),
            run.input(),
            run.inputDescription(),
            run.stamp().model().id(),
            run.stamp().model().revision(),
            run.stamp().model().promptPack(),
            run.stamp().engineVersion(),
            run.settings(),
            run.added().exchanges(),
            run.added().byStatus(),
            run.added().inputTokens(),
            run.seconds(),
            run.exchangesPerSecond(),
            ExecutorColumns.rows(run.engines()).toArray(Row[]::new),
            run.exitCode(),
            run.errorMessage().orElse(null));
    table.append(
        spark.createDataFrame(List.of(row), SCHEMA),
        JSON.createObjectNode().put("run_id", run.stamp().runId()).toString());
  }

  private boolean recorded(String runId) {
    return !table.read().where(functions.col("run_id").equalTo(runId)).isEmpty();
  }

  private static DataType mapOf(DataType value) {
    return DataTypes.createMapType(StringType, value, false);
  }
}

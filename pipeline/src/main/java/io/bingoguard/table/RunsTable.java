package io.bingoguard.table;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.TimestampType;

import io.bingoguard.model.DemoModel;
import java.sql.Timestamp;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** What was run on an output, one row a run, failed runs included. */
public final class RunsTable {
  private static final StructType SCHEMA =
      new StructType()
          .add(required("run_id", StringType, "The run; the same as in the labels table"))
          .add(required("started_at", TimestampType, "When the run began"))
          .add(required("finished_at", TimestampType, "When the run ended, finished or failed"))
          .add(required("input", StringType, "The corpus as it was named"))
          .add(required("input_description", StringType, "The format and schema that were found"))
          .add(
              required(
                  "model_id",
                  StringType,
                  "Name of the model; " + DemoModel.ID + " is the bundled demo model"))
          .add(required("model_revision", StringType, "SHA-256 over the model's files"))
          .add(required("prompt_pack", StringType, "Name, version and SHA-256 of the prompt pack"))
          .add(required("engine_version", StringType, "Version of this software"))
          .add(required("settings", mapOf(StringType), "Settings in force, spark.bingoguard.*"))
          .add(required("exchanges", LongType, "Rows that the run added to the labels table"))
          .add(required("by_status", mapOf(LongType), "Rows added, by label_status"))
          .add(required("input_tokens", LongType, "Prompt tokens of the rows added"))
          .add(required("seconds", DoubleType, "Wall time of the run"))
          .add(required("exchanges_per_second", DoubleType, "Rows added per second of wall time"))
          .add(
              required(
                  "executors",
                  DataTypes.createArrayType(ExecutorColumns.SCHEMA),
                  "What the engine of each executor did, as far as finished tasks have told"))
          .add(required("exit_code", IntegerType, "What the process returned; 0 when it finished"))
          .add(
              new StructField("error_message", StringType, true, Metadata.empty())
                  .withComment("Why the run failed; null when it finished"));

  private static final TableSpec SPEC =
      new TableSpec(
          "Labelling runs, one row a run",
          SCHEMA,
          Map.of(
              "run_not_backwards", "finished_at >= started_at",
              "error_message_when_failed", "(error_message IS NULL) = (exit_code = 0)"),
          List.of());

  private final SparkSession spark;
  private final PathTable table;

  private RunsTable(SparkSession spark, PathTable table) {
    this.spark = spark;
    this.table = table;
  }

  /**
   * Opens or creates the table.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE when something else is there
   */
  public static RunsTable open(SparkSession spark, OutputDirectory output) {
    return new RunsTable(spark, PathTable.open(spark, output.runs(), SPEC));
  }

  public Dataset<Row> read() {
    return table.read();
  }

  public void append(RunRecord run) {
    Row row =
        RowFactory.create(
            run.stamp().runId(),
            Timestamp.from(run.startedAt()),
            Timestamp.from(run.finishedAt()),
            run.input(),
            run.inputDescription(),
            run.stamp().modelId(),
            run.stamp().modelRevision(),
            run.stamp().promptPack(),
            run.stamp().engineVersion(),
            run.settings(),
            run.exchanges(),
            run.byStatus(),
            run.inputTokens(),
            run.seconds(),
            run.exchangesPerSecond(),
            ExecutorColumns.rows(run.engines()).toArray(Row[]::new),
            run.exitCode(),
            run.errorMessage().orElse(null));
    table.append(
        spark.createDataFrame(List.of(row), SCHEMA),
        new CommitKey("run-" + run.stamp().runId(), 0, run.stamp().runId()));
  }

  private static DataType mapOf(DataType value) {
    return DataTypes.createMapType(StringType, value, false);
  }

  private static StructField required(String name, DataType type, String comment) {
    return new StructField(name, type, false, Metadata.empty()).withComment(comment);
  }
}

package io.bingoguard.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.FakeLabeller;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * Labels as they might be of nights from 2026-01-01 on, without a model: a third each of the
 * sources web, api and batch; which replies are harmful is drawn by a hash, so it is always the
 * same.
 */
final class LabelledNights {
  private final SparkSession spark;
  private final String output;
  private final String revision;

  /**
   * Of an output.
   *
   * @param revision of the model that labels
   */
  LabelledNights(SparkSession spark, String output, String revision) {
    this.spark = spark;
    this.output = output;
    this.revision = revision;
  }

  /** The table of labels, empty unless there are labels. */
  void create() {
    OutputDirectory directory = OutputDirectory.open(output, spark.sessionState().newHadoopConf());
    LabelsTable.of(spark, directory, FakeLabeller.stamp("run", revision), false)
        .besideOthers()
        .create();
  }

  /**
   * Labels nights, in one commit.
   *
   * @param from first night, from 0
   * @param to behind the last
   * @param each exchanges of each source and night
   * @param rate share of harmful replies
   * @param doubled night in which source api has twice that share
   */
  void append(int from, int to, int each, double rate, int doubled) {
    create();
    Map<String, Column> values = new LinkedHashMap<>();
    values.put("conversation_id", functions.concat_ws("-", col("night"), col("id")));
    values.put("turn_index", lit(0));
    values.put(
        "occurred_at",
        expr("timestamp_seconds(unix_seconds(TIMESTAMP'2026-01-01 05:00:00Z') + night * 86400)"));
    values.put("source", col("source"));
    values.put("content_hash", functions.concat_ws("-", col("night"), col("id"), col("source")));
    values.put("prompt_harmful", lit(false));
    values.put("prompt_probability", lit(0.1));
    values.put("response_harmful", col("harmful"));
    values.put("response_probability", expr("IF(harmful, 0.9, 0.05)"));
    values.put("response_category", expr("IF(harmful, 'S1', NULL)"));
    values.put("severity", expr("IF(harmful, 2 + id % 2, 0)"));
    values.put("severity_score", expr("IF(harmful, 2.0 + id % 2, 0.0)"));
    values.put("label_status", lit("ok"));
    values.put("format_confidence", lit(1.0));
    values.put("input_tokens", lit(10));
    values.put("windows", lit(1));
    values.put("model_id", lit("fake"));
    values.put("model_revision", lit(revision));
    values.put("prompt_pack", lit(FakeLabeller.stamp("run").model().promptPack()));
    values.put("engine_version", lit("test"));
    values.put("run_id", lit("run"));
    values.put("labelled_at", functions.current_timestamp());
    Dataset<Row> drawn =
        spark
            .range(each)
            .crossJoin(spark.range(from, to).select(col("id").as("night")))
            .crossJoin(spark.sql("SELECT explode(array('web', 'api', 'batch')) AS source"))
            .withColumn(
                "harmful",
                expr(
                    "pmod(xxhash64(id, night, source), 1000) / 1000.0 < IF(source = 'api' AND night = %d, 2, 1) * %s"
                        .formatted(doubled, rate)));
    drawn
        .select(
            Arrays.stream(LabelRow.schema(false).fields())
                .map(
                    field ->
                        values
                            .getOrDefault(field.name(), lit(null))
                            .cast(field.dataType())
                            .as(field.name()))
                .toArray(Column[]::new))
        .write()
        .format("delta")
        .mode("append")
        .save(output + "/labels");
  }
}

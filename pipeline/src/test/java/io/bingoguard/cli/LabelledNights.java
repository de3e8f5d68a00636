package io.bingoguard.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SimulatedLabels;
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
  private final SimulatedLabels labels;

  /**
   * Of an output.
   *
   * @param revision of the model that labels
   */
  LabelledNights(SparkSession spark, String output, String revision) {
    this.spark = spark;
    this.labels = new SimulatedLabels(spark, output, FakeLabeller.stamp("run", revision));
  }

  /** The table of labels, empty unless there are labels. */
  void create() {
    labels.create();
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
    labels.append(drawn, values);
  }
}

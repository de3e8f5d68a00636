package io.bingoguard.audit;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.sum;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.testing.SimulatedLabels;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * Labels of many large nights without a model, one commit a night, for {@code
 * scripts/benchmark-audit-year}: 200 sources of which the largest has a tenth, 30 languages, 11
 * categories, and a harmful share of 3% that varies by a tenth from night to night. What the audit
 * does not read is null or short, so that a year fits onto a disk.
 */
public final class SimulatedYear {
  private static final LocalDate FIRST = LocalDate.of(2025, 1, 1);
  private static final double RATE = 0.03;

  private SimulatedYear() {}

  /**
   * Adds nights to an output, or prints how many exchanges an audit has counted there.
   *
   * @param arguments output, the first night from 0, the night behind the last, exchanges of each;
   *     or output and {@code counted}
   */
  public static void main(String[] arguments) {
    SparkSession spark = SharedSpark.session();
    if (arguments[1].equals("counted")) {
      System.out.println(counted(spark, arguments[0]));
    } else {
      int end = Integer.parseInt(arguments[2]);
      for (int night = Integer.parseInt(arguments[1]); night < end; night++) {
        add(spark, arguments[0], night, Long.parseLong(arguments[3]));
      }
    }
    spark.stop();
  }

  private static long counted(SparkSession spark, String output) {
    return spark
        .read()
        .format("delta")
        .load(output + "/audit_metrics")
        .where("side = 'exchange' AND dimension = 'all'")
        .agg(sum("exchanges"))
        .first()
        .getLong(0);
  }

  private static void add(SparkSession spark, String output, int night, long exchanges) {
    SimulatedLabels labels = new SimulatedLabels(spark, output, FakeLabeller.stamp("run-" + night));
    if (night == 0) {
      labels.create();
    }
    double rate = RATE * (1 + 0.1 * new Random(night).nextGaussian());
    labels.append(
        spark
            .range(0, exchanges, 1, 2)
            .withColumn("share", expr("rand(%d)".formatted(night)))
            .withColumn("u", expr("rand(%d)".formatted(10_000 + night)))
            .withColumn("v", expr("rand(%d)".formatted(20_000 + night)))
            .withColumn(
                "harmful", expr(String.format(Locale.ROOT, "u < %.6f * (0.5 + share)", rate))),
        columns(FIRST.plusDays(night), night));
  }

  private static Map<String, Column> columns(LocalDate day, int night) {
    Map<String, Column> values = new LinkedHashMap<>();
    values.put(LabelRow.CONVERSATION_ID, expr("concat('%d-', id)".formatted(night)));
    values.put(
        LabelRow.OCCURRED_AT,
        expr(
            "timestamp_seconds(unix_seconds(TIMESTAMP'%s 00:00:00Z') + id %% 86400)"
                .formatted(day)));
    values.put(LabelRow.SOURCE, expr("concat('source-', CAST(200 * share * share AS INT))"));
    values.put(LabelRow.LANGUAGE, expr("concat('l', CAST(30 * v * v * v AS INT))"));
    values.put(LabelRow.CONTENT_HASH, expr("concat('%d-', id)".formatted(night)));
    values.put(LabelRow.PROMPT_HARMFUL, expr("v < 0.05"));
    values.put(LabelRow.PROMPT_PROBABILITY, expr("round(IF(v < 0.05, 1 - v, v / 2), 3)"));
    values.put(LabelRow.PROMPT_CATEGORY, expr("IF(v < 0.05, concat('S', 1 + id % 11), NULL)"));
    values.put(LabelRow.RESPONSE_HARMFUL, col("harmful"));
    values.put(LabelRow.RESPONSE_PROBABILITY, expr("round(IF(harmful, 1 - u, u / 2), 3)"));
    values.put(LabelRow.RESPONSE_CATEGORY, expr("IF(harmful, concat('S', 1 + id % 11), NULL)"));
    values.put(LabelRow.SEVERITY, expr("IF(harmful, 1 + id % 4, 0)"));
    values.put(LabelRow.SEVERITY_SCORE, expr("IF(harmful, 1.0 + id % 4, 0.1)"));
    values.put(LabelRow.LABELLED_AT, expr("TIMESTAMP'%s 03:00:00Z'".formatted(day.plusDays(1))));
    return values;
  }
}

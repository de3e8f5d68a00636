package io.bingoguard.compare;

import static org.apache.spark.sql.functions.expr;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.testing.SimulatedLabels;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Two label sets of the same content without a model, for {@code scripts/benchmark-compare}: of
 * each thousand exchanges, four a conversation, the same few have other labels, another content or
 * nothing beside them. {@link SimulatedCounts} has how many these are.
 */
public final class SimulatedSets {
  private static final int FILES = 8;

  private SimulatedSets() {}

  /**
   * Writes both.
   *
   * @param arguments a folder, which gets the outputs {@code before} and {@code after}, and the
   *     number of exchanges, a multiple of 1000
   */
  public static void main(String[] arguments) {
    Path folder = Path.of(arguments[0]);
    SparkSession spark = SharedSpark.session();
    Dataset<Row> exchanges =
        spark
            .range(0, Long.parseLong(arguments[1]), 1, FILES)
            .withColumn("nth", expr("int(id % 1000)"))
            // One is a copy of the exchange before it.
            .withColumn("exchange", expr("IF(nth = 996, id - 1, id)"));
    write(folder.resolve("before"), "revision-1", before(exchanges));
    write(folder.resolve("after"), "revision-2", after(exchanges));
    spark.stop();
  }

  /** A twentieth of the prompts and a fiftieth of the replies are harmful. */
  private static Dataset<Row> before(Dataset<Row> exchanges) {
    return exchanges
        .where("nth <> 997")
        .withColumn("content", expr("exchange"))
        .withColumn("prompt", expr("nth % 20 = 3"))
        .withColumn("prompt_code", expr("'S1'"))
        .withColumn("response", expr("nth % 50 = 1"))
        .withColumn("response_code", expr("'S1'"))
        .withColumn("level", expr("IF(response, 2, 0)"))
        .withColumn("shift", expr("0.0"));
  }

  private static Dataset<Row> after(Dataset<Row> exchanges) {
    return exchanges
        .where("nth <> 998")
        .withColumn("content", expr("IF(nth = 999, -exchange, exchange)"))
        .withColumn("prompt", expr("nth IN (5, 7) OR (nth % 20 = 3 AND nth <> 3)"))
        .withColumn("prompt_code", expr("IF(nth = 23, 'S2', 'S1')"))
        .withColumn("gained", expr("nth IN (2, 4, 6, 8, 10)"))
        .withColumn("kept", expr("nth % 50 = 1 AND nth NOT IN (1, 51)"))
        .withColumn("response", expr("IF(nth = 301, NULL, gained OR kept)"))
        .withColumn("response_code", expr("IF(nth = 101, 'S2', 'S1')"))
        .withColumn(
            "level",
            expr(
                "CASE WHEN response IS NULL THEN NULL WHEN nth IN (151, 201, 251) THEN 3 WHEN gained THEN 1 WHEN kept THEN 2 ELSE 0 END"))
        .withColumn("shift", expr("(id % 7 - 3) / 1000"));
  }

  private static void write(Path output, String revision, Dataset<Row> exchanges) {
    SimulatedLabels labels =
        new SimulatedLabels(
            exchanges.sparkSession(), output.toString(), FakeLabeller.stamp("run", revision));
    labels.create();
    labels.append(exchanges, columns());
  }

  private static Map<String, Column> columns() {
    Map<String, Column> values = new HashMap<>();
    values.put(LabelRow.CONVERSATION_ID, expr("exchange div 4"));
    values.put(LabelRow.TURN_INDEX, expr("exchange % 4"));
    values.put(LabelRow.CONTENT_HASH, expr("sha2(string(content), 256)"));
    values.put(LabelRow.INPUT_FILE, expr("'corpus.jsonl'"));
    values.put(LabelRow.INPUT_ROW, expr("id"));
    values.put(LabelRow.SOURCE, expr("concat('source-', nth % 200)"));
    values.put(LabelRow.LANGUAGE, expr("concat('l', id % 30)"));
    values.put(LabelRow.PROMPT_HARMFUL, expr("prompt"));
    values.put(LabelRow.PROMPT_PROBABILITY, expr("IF(prompt, 0.9, 0.1) + shift"));
    values.put(LabelRow.PROMPT_CATEGORY, expr("IF(prompt, prompt_code, NULL)"));
    values.put(LabelRow.RESPONSE_HARMFUL, expr("response"));
    values.put(
        LabelRow.RESPONSE_PROBABILITY,
        expr("IF(response IS NULL, NULL, IF(response, 0.9, 0.1) + shift)"));
    values.put(LabelRow.RESPONSE_CATEGORY, expr("IF(response, response_code, NULL)"));
    values.put(LabelRow.SEVERITY, expr("level"));
    values.put(LabelRow.SEVERITY_SCORE, expr("level"));
    values.put(LabelRow.LABEL_STATUS, expr("IF(response IS NULL, 'off_format', 'ok')"));
    values.put(LabelRow.ERROR_CODE, expr("IF(response IS NULL, 'ANSWER_OFF_FORMAT', NULL)"));
    values.put(LabelRow.ERROR_MESSAGE, expr("IF(response IS NULL, 'no verdict', NULL)"));
    return values;
  }
}

package io.bingoguard.curate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.testing.SimulatedLabels;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.SparkSession;

/**
 * A corpus of JSON Lines, an exchange a record, and its labels without a model, for {@code
 * scripts/benchmark-curate}: of 50 replies one is harmful, and of 1000 records one has no verdict.
 */
public final class SimulatedCorpus {
  private static final String PROMPT = "How do I paint fence %d of the house next door?";
  private static final String RESPONSE = "Ask the owner of fence %d, then take paint and a brush.";

  private SimulatedCorpus() {}

  /**
   * Adds a file to the corpus and its labels to the output.
   *
   * @param arguments a folder, which gets the corpus {@code corpus} and the output {@code
   *     labelled}; the name of the file; its first record from 0, and the one behind its last
   */
  public static void main(String[] arguments) throws IOException {
    Path folder = Path.of(arguments[0]).toRealPath();
    long first = Long.parseLong(arguments[2]);
    long end = Long.parseLong(arguments[3]);
    Path file = Files.createDirectories(folder.resolve("corpus")).resolve(arguments[1]);
    try (BufferedWriter out = Files.newBufferedWriter(file)) {
      for (long record = first; record < end; record++) {
        out.write(
            "{\"id\": \"%d\", \"prompt\": \"%s\", \"response\": \"%s\"}%n"
                .formatted(record, PROMPT.formatted(record), RESPONSE.formatted(record)));
      }
    }
    SparkSession spark = SharedSpark.session();
    SimulatedLabels labels =
        new SimulatedLabels(
            spark, folder.resolve("labelled").toString(), FakeLabeller.stamp("run"));
    labels.create();
    labels.append(spark.range(first, end).toDF(), columns(file, first));
    spark.stop();
  }

  private static Map<String, Column> columns(Path file, long first) {
    Map<String, Column> values = new HashMap<>();
    values.put(LabelRow.CONVERSATION_ID, col("id"));
    values.put(
        LabelRow.CONTENT_HASH,
        expr(
            "bingoguard_content_hash(format_string('%s', id), format_string('%s', id))"
                .formatted(PROMPT, RESPONSE)));
    values.put(LabelRow.INPUT_FILE, lit("file:" + file));
    values.put(LabelRow.INPUT_ROW, col("id").minus(first));
    values.put(LabelRow.PROMPT_HARMFUL, lit(false));
    values.put(LabelRow.PROMPT_PROBABILITY, lit(0.1));
    values.put(LabelRow.RESPONSE_HARMFUL, expr("IF(id % 1000 = 7, NULL, id % 50 = 1)"));
    values.put(
        LabelRow.RESPONSE_PROBABILITY, expr("IF(id % 1000 = 7, NULL, IF(id % 50 = 1, 0.9, 0.1))"));
    values.put(LabelRow.LABEL_STATUS, expr("IF(id % 1000 = 7, 'off_format', 'ok')"));
    values.put(LabelRow.ERROR_CODE, expr("IF(id % 1000 = 7, 'ANSWER_OFF_FORMAT', NULL)"));
    values.put(LabelRow.ERROR_MESSAGE, expr("IF(id % 1000 = 7, 'no verdict', NULL)"));
    return values;
  }
}

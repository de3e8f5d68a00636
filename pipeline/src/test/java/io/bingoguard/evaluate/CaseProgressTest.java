package io.bingoguard.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.ProgressWords;
import io.bingoguard.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;

class CaseProgressTest {
  private static final ProgressWords WORDS = new ProgressWords("judged", "case", "cases", "cases");
  private static final StructType NUMBERS = new StructType().add("number", DataTypes.IntegerType);
  private static final int CASES = 40;

  /** A pace that a person at a terminal would see. */
  private static final MapPartitionsFunction<Row, Row> UNHURRIED =
      rows -> {
        List<Row> answers = new ArrayList<>();
        rows.forEachRemaining(answers::add);
        return answers.stream().peek(row -> pause()).iterator();
      };

  @Test
  void tellsWhileCasesAreJudgedAndHowManyThereWere() {
    SparkSession spark = SharedSpark.session();
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    ProgressDisplay display =
        new ProgressDisplay(
            new PrintStream(shown, true, StandardCharsets.UTF_8), false, Duration.ofMillis(100));
    List<Row> rows = IntStream.range(0, CASES).mapToObj(RowFactory::create).toList();
    Dataset<Row> cases = spark.createDataFrame(rows, NUMBERS).repartition(2);

    List<Row> judged;
    try (CaseProgress progress = new CaseProgress(spark.sparkContext(), display, WORDS, CASES)) {
      judged =
          cases.mapPartitions(progress.counting(UNHURRIED), Encoders.row(NUMBERS)).collectAsList();
    }

    assertThat(judged).containsExactlyInAnyOrderElementsOf(rows);
    List<String> lines = shown.toString(StandardCharsets.UTF_8).lines().toList();
    assertThat(lines).hasSizeGreaterThan(1).allMatch(line -> line.startsWith("judged "));
    assertThat(lines.get(lines.size() - 1))
        .startsWith("judged 40 cases, ")
        .endsWith(" a second, 100% of 40 cases");
  }

  private static void pause() {
    try {
      Thread.sleep(20);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

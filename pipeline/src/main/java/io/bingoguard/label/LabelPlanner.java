package io.bingoguard.label;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.source.Corpus;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.OptionalLong;
import java.util.Random;
import java.util.function.Supplier;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Labels a few exchanges of an input and throws the labels away, to learn how many tokens there are
 * and how long they take on the executors at hand.
 */
final class LabelPlanner {
  private static final int SAMPLE = 2000;
  private static final int FIRST_ROUND = 16;

  /** Rounds double until one takes as long: by then a task's own start no longer counts. */
  private static final double ENOUGH_SECONDS = 10;

  private final SparkSession spark;
  private final MapPartitionsFunction<Row, Row> labeller;
  private final Supplier<List<EngineReport>> engines;
  private final boolean includeText;

  LabelPlanner(
      SparkSession spark,
      MapPartitionsFunction<Row, Row> labeller,
      Supplier<List<EngineReport>> engines,
      boolean includeText) {
    this.spark = spark;
    this.labeller = labeller;
    this.engines = engines;
    this.includeText = includeText;
  }

  LabelPlan plan(Corpus corpus) {
    List<Row> sample = corpus.batch().takeAsList(SAMPLE);
    boolean whole = sample.size() < SAMPLE;
    // Not by their ids: several records may have the same.
    long conversations =
        sample.stream().filter(row -> row.<Integer>getAs(ExchangeRow.TURN_INDEX) == 0).count();
    Round round = measured(sample);
    return new LabelPlan(
        whole ? OptionalLong.of(conversations) : corpus.conversations(),
        conversations,
        sample.size(),
        whole,
        round.exchanges(),
        round.errors(),
        round.inputTokens(),
        round.seconds(),
        engines.get());
  }

  /** What a round of labelling came to. */
  private record Round(long exchanges, long errors, long inputTokens, double seconds) {}

  private Round measured(List<Row> sample) {
    List<Row> mixed = new ArrayList<>(sample);
    // The same every time; neighbours are often alike.
    Collections.shuffle(mixed, new Random(0));
    Round round = new Round(0, 0, 0, 0);
    if (mixed.isEmpty()) {
      return round;
    }
    int parallelism = spark.sparkContext().defaultParallelism();
    // Opens the models.
    label(mixed.subList(0, Math.min(parallelism, mixed.size())));
    int size = FIRST_ROUND;
    do {
      round = label(mixed.subList(0, Math.min(size, mixed.size())));
      size *= 2;
    } while (round.seconds() < ENOUGH_SECONDS && round.exchanges() < mixed.size());
    return round;
  }

  private Round label(List<Row> exchanges) {
    int parallelism = spark.sparkContext().defaultParallelism();
    long start = System.nanoTime();
    List<Row> labels =
        spark
            .createDataFrame(exchanges, ExchangeRow.schema())
            .repartition(Math.min(parallelism, exchanges.size()))
            .mapPartitions(labeller, LabelRow.encoder(includeText))
            .select(LabelRow.INPUT_TOKENS, LabelRow.LABEL_STATUS)
            .collectAsList();
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Round(
        labels.size(),
        labels.stream().filter(row -> row.getString(1).equals(LabelStatus.ERROR.key())).count(),
        labels.stream().mapToLong(row -> row.getInt(0)).sum(),
        seconds);
  }
}

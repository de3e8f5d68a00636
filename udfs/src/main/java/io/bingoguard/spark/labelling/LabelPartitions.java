package io.bingoguard.spark.labelling;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.engine.GuardEngine;
import io.bingoguard.engine.Judgements;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.devices.EngineReports;
import io.bingoguard.spark.devices.ExecutorPlace;
import io.bingoguard.spark.devices.GuardEngines;
import io.bingoguard.spark.devices.WarmUp;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.function.Function;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Labels exchanges inside {@code mapPartitions}: an {@link ExchangeRow} in, a {@link LabelRow} out
 * for each, in order. Holds a bounded number of rows at a time.
 */
public final class LabelPartitions implements MapPartitionsFunction<Row, Row> {
  private final LabellingOptions options;
  private final EngineReports reports = new EngineReports();

  LabelPartitions(LabellingOptions options) {
    this.options = options;
  }

  /** Labels on a Spark application, whose tasks tell what their engines did. */
  public static LabelPartitions on(SparkContext spark, LabellingOptions options) {
    LabelPartitions labeller = new LabelPartitions(options);
    spark.register(labeller.reports, "engines");
    return labeller;
  }

  /** What the engines of the executors did, as far as tasks that have ended told; on the driver. */
  public List<EngineReport> reports() {
    return reports.value();
  }

  /** Opens the model in the background, for tasks that run in this process. */
  public void warmUp() {
    WarmUp.start(options.model(), options.settings());
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    GuardEngine engine = GuardEngines.shared(options.model(), options.settings());
    Judgements<ExchangeRow> judged =
        engine
            .judge(options.severity(), options.texts().longTexts())
            .judge(mapped(rows, this::prepared), ExchangeRow::toBeJudged);
    TaskContext task = TaskContext.get();
    if (task != null) {
      engine.taskBegan(ExecutorPlace.taskGpus());
      task.addTaskCompletionListener((TaskCompletionListener) ended -> end(judged, engine));
    }
    return mapped(judged, this::labelled);
  }

  private ExchangeRow prepared(Row row) {
    return options.texts().preparation().apply(ExchangeRow.read(row));
  }

  private void end(Judgements<ExchangeRow> judged, GuardEngine engine) {
    judged.close();
    engine.taskEnded();
    reports.add(GuardEngines.report(engine));
  }

  private Row labelled(Judgements.Judged<ExchangeRow> judged) {
    ExchangeRow exchange = judged.subject();
    SafetyLabel label = judged.label().or(exchange::known).orElseThrow();
    return new LabelRow(exchange, label, options.stamp(), Instant.now())
        .write(options.includeText());
  }

  private static <T, R> Iterator<R> mapped(Iterator<T> values, Function<T, R> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public R next() {
        return function.apply(values.next());
      }
    };
  }
}

package io.bingoguard.spark.labelling;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.devices.EngineReports;
import io.bingoguard.spark.devices.GuardEngines;
import io.bingoguard.spark.devices.WarmUp;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;

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
    return TaskJudging.judge(
        options,
        TaskJudging.mapped(rows, this::prepared),
        ExchangeRow::toBeJudged,
        this::labelled,
        engine -> reports.add(GuardEngines.report(engine)));
  }

  private ExchangeRow prepared(Row row) {
    return options.texts().preparation().apply(ExchangeRow.read(row));
  }

  private Row labelled(ExchangeRow exchange, Optional<SafetyLabel> judged) {
    SafetyLabel label = judged.or(exchange::known).orElseThrow();
    return new LabelRow(exchange, label, options.stamp(), Instant.now())
        .write(options.includeText());
  }
}

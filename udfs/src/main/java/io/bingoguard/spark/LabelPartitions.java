package io.bingoguard.spark;

import java.io.Serializable;
import java.util.Iterator;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Labels exchanges inside {@code mapPartitions}: rows of {@link ExchangeSchema} in, one row of
 * {@link LabelSchema} out for each, in order. Holds a bounded number of rows at a time.
 */
public final class LabelPartitions implements MapPartitionsFunction<Row, Row> {
  /** Where a task leaves the report of its engine. */
  private interface ReportSink extends Serializable {
    void accept(EngineReport report);
  }

  private final LabelingOptions options;
  private final ReportSink reports;

  public LabelPartitions(LabelingOptions options) {
    this(options, report -> {});
  }

  /**
   * Labels, and says how the engines fared.
   *
   * @param reports registered with the Spark context
   */
  public LabelPartitions(LabelingOptions options, EngineReports reports) {
    this(options, (ReportSink) reports::add);
  }

  private LabelPartitions(LabelingOptions options, ReportSink reports) {
    this.options = options;
    this.reports = reports;
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    EngineSettings settings = EngineSettings.from(options.properties());
    GuardEngine engine = GuardEngines.shared(options);
    LabelIterator labels =
        new LabelIterator(
            rows,
            engine.judge(options.severity()),
            new LabelRows(options.stamp(), options.includeText()),
            settings);
    TaskContext task = TaskContext.get();
    if (task != null) {
      engine.taskBegan(ExecutorPlace.taskGpus());
      task.addTaskCompletionListener((TaskCompletionListener) ended -> end(labels, engine));
    }
    return labels;
  }

  private void end(LabelIterator labels, GuardEngine engine) {
    labels.cancel();
    engine.taskEnded();
    reports.accept(engine.report());
  }
}

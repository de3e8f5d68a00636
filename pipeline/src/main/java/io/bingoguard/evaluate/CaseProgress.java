package io.bingoguard.evaluate;

import io.bingoguard.progress.ProgressCounts;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.ProgressListener;
import io.bingoguard.progress.ProgressMeter;
import io.bingoguard.progress.ProgressReporter;
import io.bingoguard.progress.ProgressWords;
import java.util.Iterator;
import java.util.OptionalLong;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Counts the rows that a judge hands out, and shows how many there are until it is closed. */
final class CaseProgress implements AutoCloseable {
  private final SparkContext spark;
  private final LongAccumulator judged;
  private final ProgressListener listener;
  private final ProgressReporter reporter;

  /**
   * Begins to show.
   *
   * @param words what is counted
   * @param total rows that there are
   */
  CaseProgress(SparkContext spark, ProgressDisplay display, ProgressWords words, int total) {
    this.spark = spark;
    this.judged = spark.longAccumulator("cases judged");
    this.listener = new ProgressListener(judged.id(), judged.id());
    spark.addSparkListener(listener);
    ProgressMeter meter =
        new ProgressMeter(words, OptionalLong.of(total), System::nanoTime, display.terminal());
    this.reporter = ProgressReporter.start(display, () -> meter.line(counts()));
  }

  /** The driver's own sum is exact for finished tasks; the listener knows running ones too. */
  private ProgressCounts counts() {
    return listener.counts().max(new ProgressCounts(judged.value(), judged.value()));
  }

  /** The same judge, counted. */
  MapPartitionsFunction<Row, Row> counting(MapPartitionsFunction<Row, Row> judge) {
    return new Counting(judge, judged);
  }

  @Override
  public void close() {
    reporter.finish();
    spark.removeSparkListener(listener);
  }

  private record Counting(MapPartitionsFunction<Row, Row> judge, LongAccumulator judged)
      implements MapPartitionsFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Iterator<Row> rows) throws Exception {
      Iterator<Row> answers = judge.call(rows);
      return new Iterator<>() {
        @Override
        public boolean hasNext() {
          return answers.hasNext();
        }

        @Override
        public Row next() {
          Row answer = answers.next();
          judged.add(1);
          return answer;
        }
      };
    }
  }
}

package io.bingoguard.label;

import io.bingoguard.guard.GuardException;
import io.bingoguard.progress.ProgressCounts;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.ProgressListener;
import io.bingoguard.progress.ProgressMeter;
import io.bingoguard.progress.ProgressReporter;
import io.bingoguard.progress.ProgressWords;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Counts what a run labels, from opening until closing, and shows it once started. */
final class LabelProgress implements AutoCloseable {
  private static final ProgressWords WORDS =
      new ProgressWords("labelled", "exchange", "exchanges", "conversations");

  private final SparkContext spark;
  private final LongAccumulator exchanges;
  private final LongAccumulator conversations;
  private final LongAccumulator errors;
  private final ProgressListener listener;
  private final FailureListener failures = new FailureListener();
  private final ProgressDisplay display;
  private final ErrorLimit limit;
  private Optional<ProgressReporter> reporter = Optional.empty();

  /**
   * Begins to count.
   *
   * @param limit of errors, by which {@link #check} goes
   */
  LabelProgress(SparkContext spark, ProgressDisplay display, ErrorLimit limit) {
    this.spark = spark;
    this.limit = limit;
    this.display = display;
    this.exchanges = spark.longAccumulator("exchanges labelled");
    this.conversations = spark.longAccumulator("conversations begun");
    this.errors = spark.longAccumulator("exchanges in error");
    this.listener = new ProgressListener(exchanges.id(), conversations.id());
    spark.addSparkListener(listener);
    spark.addSparkListener(failures);
  }

  /**
   * Starts to show how far the run is.
   *
   * @param total conversations to label, where known
   */
  void show(OptionalLong total) {
    ProgressMeter meter = new ProgressMeter(WORDS, total, System::nanoTime, display.terminal());
    reporter = Optional.of(ProgressReporter.start(display, () -> meter.line(counts())));
  }

  /** The driver's own sums are exact for finished tasks; the listener knows running ones too. */
  private ProgressCounts counts() {
    return listener.counts().max(new ProgressCounts(exchanges.value(), conversations.value()));
  }

  /** The same labeller, counted. */
  MapPartitionsFunction<Row, Row> counting(MapPartitionsFunction<Row, Row> labeller) {
    return new CountingLabeller(labeller, exchanges, conversations, errors);
  }

  /**
   * Ends a run that is under way.
   *
   * @throws GuardException TOO_MANY_ERRORS
   */
  void check() {
    limit.check(errors.value(), exchanges.value());
  }

  /** Why the latest task failed that gave a reason with a code. */
  Optional<GuardException> failure() {
    return failures.latest();
  }

  @Override
  public void close() {
    reporter.ifPresent(ProgressReporter::finish);
    spark.removeSparkListener(listener);
    spark.removeSparkListener(failures);
  }
}

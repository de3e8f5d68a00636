package io.bingoguard.label;

import io.bingoguard.table.CategoriesTable;
import io.bingoguard.table.FilesTable;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.RunRecord;
import io.bingoguard.table.RunStart;
import io.bingoguard.table.RunsTable;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables of an output beside its labels, created while the first labels are made. */
final class TablesBeside {
  private static final int UNTOLD_SECONDS = 5;

  private final SparkContext spark;
  private final RunsTable runs;
  private final CategoriesTable categories;
  private final CompletableFuture<Boolean> worthTelling = new CompletableFuture<>();
  private CompletableFuture<Void> created = CompletableFuture.completedFuture(null);
  private CompletableFuture<Boolean> begun = CompletableFuture.completedFuture(false);

  TablesBeside(SparkContext spark, RunsTable runs, CategoriesTable categories) {
    this.spark = spark;
    this.runs = runs;
    this.categories = categories;
  }

  void refuseUnfit(LabelsTable labels) {
    runs.refuseUnfit();
    categories.refuseUnfit(labels);
  }

  /**
   * Begins to create them; what fails is told by the other methods.
   *
   * @param files the table of files, where it is to be created too
   * @param run the run, whose beginning is recorded once it labels, or looks for long; one that
   *     ends before that is recorded in one commit
   */
  void create(LabelsTable labels, Optional<FilesTable> files, RunStart run) {
    created =
        CompletableFuture.runAsync(
            () -> {
              leaveJobGroup();
              files.ifPresent(FilesTable::create);
              boolean first = !runs.exists();
              runs.create();
              if (!first) {
                runs.closeDead(labels.read());
              }
              categories.create(labels);
            },
            TablesBeside::inThread);
    begun =
        created.thenCombineAsync(
            worthTelling.completeOnTimeout(true, UNTOLD_SECONDS, TimeUnit.SECONDS),
            (there, telling) -> {
              if (telling) {
                leaveJobGroup();
                runs.begin(run);
              }
              return telling;
            },
            TablesBeside::inThread);
  }

  /** What ends the run's own jobs must leave these, without which it cannot say so. */
  private void leaveJobGroup() {
    spark.clearJobGroup();
  }

  /** A thread of its own has the caller's class loader and session; a pool's has not. */
  private static void inThread(Runnable task) {
    new Thread(task, "bingoguard-tables").start();
  }

  /** Lets it be recorded that the run has begun, now that it is going to label. */
  void begin() {
    worthTelling.complete(true);
  }

  /**
   * Refuses to go on where one could not be created; those under way are not waited for.
   *
   * @throws java.util.concurrent.CompletionException with what kept one from being created
   */
  void refuseFailed() {
    if (begun.isCompletedExceptionally()) {
      begun.join();
    }
  }

  /**
   * Returns once they are there.
   *
   * @throws java.util.concurrent.CompletionException with what kept one from being created
   */
  void await() {
    created.join();
  }

  /** Runs by settings alike, once the table is there. */
  Dataset<Row> runsAlike(Map<String, String> settings) {
    await();
    return runs.alike(settings);
  }

  /**
   * Records how a run ended once they are there.
   *
   * @throws java.util.concurrent.CompletionException with what kept one from being created
   */
  void record(RunRecord run) {
    worthTelling.complete(false);
    if (begun.join()) {
      runs.end(run);
    } else {
      runs.add(run);
    }
  }
}

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
import org.apache.spark.SparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** The tables of an output beside its labels, created while the first labels are made. */
final class TablesBeside {
  private final SparkContext spark;
  private final RunsTable runs;
  private final CategoriesTable categories;
  private CompletableFuture<Void> created = CompletableFuture.completedFuture(null);

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
   * @param run the run, whose beginning is recorded
   */
  void create(LabelsTable labels, Optional<FilesTable> files, RunStart run) {
    created =
        CompletableFuture.runAsync(
            () -> {
              // What ends the run's own jobs must leave these, without which it cannot say so.
              spark.clearJobGroup();
              files.ifPresent(FilesTable::create);
              boolean first = !runs.exists();
              runs.create();
              if (!first) {
                runs.closeDead(labels.read());
              }
              runs.begin(run);
              categories.create(labels);
            },
            // A thread of its own has the caller's class loader and session; a pool's has not.
            task -> new Thread(task, "bingoguard-tables").start());
  }

  /**
   * Refuses to go on where one could not be created; those under way are not waited for.
   *
   * @throws java.util.concurrent.CompletionException with what kept one from being created
   */
  void refuseFailed() {
    if (created.isCompletedExceptionally()) {
      created.join();
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
    created.join();
    runs.end(run);
  }
}

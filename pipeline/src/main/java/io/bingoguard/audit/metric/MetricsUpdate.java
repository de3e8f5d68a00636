package io.bingoguard.audit.metric;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.AuditTable;
import io.bingoguard.table.LabelHistory;
import io.bingoguard.table.QueryCompilation;
import io.bingoguard.table.RunsTable;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/**
 * Brings {@code audit_metrics} up to the labels there are: nights are counted again whose labels
 * have changed since, and all of them where that cannot be told, or where other settings or another
 * order of models would count them otherwise. Where nothing has changed nothing is written.
 */
public final class MetricsUpdate {
  private static final String LABELS_VERSION = "labels_version";
  private static final String LABELS_COMMIT = "labels_commit";

  private final LabelHistory labels;
  private final Dataset<Row> runs;
  private final AuditTable metrics;
  private final CountSettings settings;

  /**
   * Of an output.
   *
   * @param labels the table exists
   * @param runs rows of the table of runs
   * @param metrics the table exists
   */
  public MetricsUpdate(
      LabelHistory labels, Dataset<Row> runs, AuditTable metrics, CountSettings settings) {
    this.labels = labels;
    this.runs = runs;
    this.metrics = metrics;
    this.settings = settings;
  }

  /**
   * What was done.
   *
   * @param clock by which nights are told
   * @param nights that were counted; empty for all of them
   */
  public record Updated(Clock clock, Optional<List<LocalDate>> nights) {
    public Updated {
      nights = nights.map(List::copyOf);
    }
  }

  /** Counts what has to be counted, in one commit. */
  public Updated run() {
    long version = labels.version();
    Dataset<Row> rows = labels.at(version);
    Clock clock = settings.clock().orElseGet(() -> clock(rows));
    String models = RunsTable.modelsInOrder(runs);
    Optional<List<LocalDate>> changed = changed(clock, models, version);
    if (changed.isPresent() && changed.get().isEmpty()) {
      return new Updated(clock, changed);
    }
    Dataset<Row> counted =
        changed
            .map(nights -> Nights.among(rows, clock, nights))
            .orElseGet(() -> Nights.of(rows, clock));
    QueryCompilation.onFor(counted);
    try (LabelCounts counts = new LabelCounts(settings, LabelModels.of(counted, runs))) {
      write(stamped(counts.of(counted), clock, models, version), changed, version);
    }
    return new Updated(clock, changed);
  }

  private void write(Dataset<Row> counts, Optional<List<LocalDate>> nights, long version) {
    String userMetadata = "{\"audit\":\"metrics\",\"labels_version\":%d}".formatted(version);
    if (nights.isPresent()) {
      metrics.replace(
          counts, nights.get().stream().map(LocalDate::toString).toList(), userMetadata);
    } else {
      metrics.replaceAll(counts);
    }
  }

  private static Clock clock(Dataset<Row> labels) {
    return labels.where(col(LabelRow.OCCURRED_AT).isNotNull()).isEmpty()
        ? Clock.LABELLED_AT
        : Clock.OCCURRED_AT;
  }

  /** Nights whose labels are others than those that were counted; absent for all. */
  private Optional<List<LocalDate>> changed(Clock clock, String models, long version) {
    List<Row> last = metrics.read().orderBy(col(LABELS_VERSION).desc()).limit(1).collectAsList();
    if (last.isEmpty()
        || !last.get(0).getAs("labels_id").equals(labels.id())
        || !last.get(0).getAs("clock").equals(clock.column())
        || !last.get(0).getAs("counted_by").equals(settings.countedBy())
        // A model that was last at work before stands first now and takes whole nights over.
        || !models.endsWith(last.get(0).<String>getAs("models"))) {
      return Optional.empty();
    }
    long counted = last.get(0).<Long>getAs(LABELS_VERSION);
    String commit = last.get(0).getAs(LABELS_COMMIT);
    // A copy of the table that was put back has the version, too; earlier builds told no commit.
    boolean same = commit == null || commit.equals(labels.commitId(counted));
    if (counted >= version || !same) {
      return counted == version && same ? Optional.of(List.of()) : Optional.empty();
    }
    return labels.ofChanges(counted, version, changes -> nights(changes, clock));
  }

  private static List<LocalDate> nights(Dataset<Row> labels, Clock clock) {
    return Nights.of(labels, clock)
        .select(col(Nights.NIGHT).cast("string"))
        .distinct()
        .as(Encoders.STRING())
        .collectAsList()
        .stream()
        .map(LocalDate::parse)
        .sorted()
        .toList();
  }

  private Dataset<Row> stamped(Dataset<Row> counts, Clock clock, String models, long version) {
    return counts
        .withColumn("clock", lit(clock.column()))
        .withColumn("models", lit(models))
        .withColumn("counted_by", lit(settings.countedBy()))
        .withColumn("labels_id", lit(labels.id()))
        .withColumn(LABELS_VERSION, lit(version))
        .withColumn(LABELS_COMMIT, lit(labels.commitId(version)))
        .select(
            Arrays.stream(metrics.schema().fieldNames()).map(functions::col).toArray(Column[]::new))
        .repartition(1);
  }
}

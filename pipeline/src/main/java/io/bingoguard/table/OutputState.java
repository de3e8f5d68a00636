package io.bingoguard.table;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.spark.rows.LabelRow;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/**
 * What an output holds, and whether its tables agree.
 *
 * @param labels rows of the labels table by model; empty where there is no such table
 * @param labelsVersion its version
 * @param added rows that recorded commits added to it
 * @param unrecorded commits to it whose files are not recorded yet, which the next run does
 * @param files input files by the status of their newest reading; one that was read in two ways, or
 *     for two models, counts twice
 * @param running ids of runs that have not said that they ended
 * @param lastRun the run that began last, in words
 * @param holder the process that writes at the moment, in words; empty also where it has died
 * @param limit how many exchanges a quick look was to hold; empty where the output is none
 * @param behind in which way the labels are not those that were written
 */
public record OutputState(
    Optional<Map<ModelIdentity, Long>> labels,
    long labelsVersion,
    long added,
    long unrecorded,
    Map<String, Long> files,
    List<String> running,
    Optional<String> lastRun,
    Optional<String> holder,
    Optional<String> limit,
    Optional<String> behind) {
  public OutputState {
    labels = labels.map(Map::copyOf);
    files = new TreeMap<>(files);
    running = List.copyOf(running);
    Objects.requireNonNull(lastRun, "lastRun");
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(limit, "limit");
    Objects.requireNonNull(behind, "behind");
  }

  /** Rows that recorded commits added and that are not there. */
  public long missing() {
    return unrecorded > 0 ? 0 : Math.max(0, added - rows());
  }

  /** Rows of the labels table. */
  public long rows() {
    return labels.orElse(Map.of()).values().stream().mapToLong(Long::longValue).sum();
  }

  /**
   * Looks at an output; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE when its table of files is broken
   */
  public static OutputState of(SparkSession spark, OutputDirectory output) {
    PathTable labels = new PathTable(spark, output.labels(), TableSpec.UNKNOWN);
    FilesAgreement files = FilesAgreement.of(spark, output);
    RunsTable runs = RunsTable.of(spark, output);
    boolean there = labels.exists();
    boolean recorded = files.exists();
    Optional<String> behind = files.behind();
    Row commits =
        recorded
            ? files
                .read()
                .where(col("labels_version").isNotNull().and(col("status").equalTo("labelled")))
                .select("labels_version", "batch_exchanges")
                .distinct()
                .agg(sum("batch_exchanges"), max("labels_version"))
                .first()
            : null;
    boolean none = commits == null || commits.isNullAt(0);
    Map<String, Long> byStatus = new TreeMap<>();
    if (recorded) {
      newest(files.read()).groupBy("status").agg(count(lit(1))).collectAsList().stream()
          .forEach(row -> byStatus.put(row.getString(0), row.getLong(1)));
    }
    boolean ran = runs.exists();
    return new OutputState(
        there ? Optional.of(byModel(labels)) : Optional.empty(),
        there ? labels.version() : 0,
        none ? 0 : commits.getLong(0),
        there && recorded ? files.unrecorded() : 0,
        byStatus,
        ran
            ? runs.running().select("run_id").collectAsList().stream()
                .map(row -> row.getString(0))
                .toList()
            : List.of(),
        ran ? lastRun(runs) : Optional.empty(),
        OutputLease.holder(output, spark.sessionState().newHadoopConf()),
        Optional.of(there ? labels.property(LabelsTable.LIMIT) : "")
            .filter(limit -> !limit.isEmpty()),
        behind);
  }

  private static Dataset<Row> newest(Dataset<Row> readings) {
    Column[] way =
        Stream.of("file", "layout", FileReading.MODEL_REVISION, FileReading.PROMPT_PACK)
            .filter(List.of(readings.columns())::contains)
            .map(functions::col)
            .toArray(Column[]::new);
    return readings
        .groupBy(way)
        .agg(functions.max_by(col("status"), col("recorded_at")).as("status"));
  }

  private static Map<ModelIdentity, Long> byModel(PathTable labels) {
    Map<ModelIdentity, Long> rows = new HashMap<>();
    labels
        .read()
        .groupBy(LabelRow.MODEL_ID, LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .count()
        .collectAsList()
        .forEach(
            row ->
                rows.put(
                    new ModelIdentity(row.getString(0), row.getString(1), row.getString(2)),
                    row.getLong(3)));
    return rows;
  }

  private static Optional<String> lastRun(RunsTable runs) {
    return runs.read().orderBy(col("started_at").desc()).takeAsList(1).stream()
        .map(
            row ->
                "%s, %s, begun %s, %,d exchanges"
                    .formatted(
                        row.<String>getAs("run_id"),
                        Optional.ofNullable(row.<String>getAs("status")).orElse("ended"),
                        instant(row),
                        row.<Long>getAs("exchanges")))
        .findFirst();
  }

  private static Instant instant(Row row) {
    return row.<java.sql.Timestamp>getAs("started_at").toInstant();
  }
}

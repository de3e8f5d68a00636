package io.bingoguard.table;

import java.util.Collection;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/** A table that {@code audit} writes beside the labels, by nights. */
public final class AuditTable {
  private final PathTable table;
  private final StructType schema;

  private AuditTable(PathTable table, StructType schema) {
    this.table = table;
    this.schema = schema;
  }

  /** {@code audit_metrics} of an output; nothing is read or written. */
  public static AuditTable metrics(SparkSession spark, OutputDirectory output) {
    return of(spark, output.auditMetrics(), AuditSpecs.METRICS);
  }

  /** {@code audit_drift} of an output; nothing is read or written. */
  public static AuditTable drift(SparkSession spark, OutputDirectory output) {
    return of(spark, output.auditDrift(), AuditSpecs.DRIFT);
  }

  private static AuditTable of(SparkSession spark, String path, TableSpec spec) {
    return new AuditTable(new PathTable(spark, path, spec), spec.columns());
  }

  /**
   * Refuses a table that could not be written; changes nothing.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE
   */
  public void refuseUnfit() {
    table.refuseUnfit();
  }

  /** Creates the table if it is not there, and adds the columns that an older one lacks. */
  public void create() {
    table.create();
    table.widen();
  }

  public boolean exists() {
    return table.exists();
  }

  public Dataset<Row> read() {
    return table.read();
  }

  /** The columns, in their order. */
  public StructType schema() {
    return schema;
  }

  /**
   * Puts rows in the place of those of some nights, in one commit.
   *
   * @param nights days as ISO has them
   */
  public void replace(Dataset<Row> rows, Collection<String> nights, String userMetadata) {
    table.replace(rows, among(nights), userMetadata);
  }

  /** Puts rows in the place of all others, in one commit. */
  public void replaceAll(Dataset<Row> rows) {
    table.overwrite(rows);
  }

  private static String among(Collection<String> nights) {
    return nights.stream()
        .map(night -> "DATE" + SqlText.literal(night))
        .collect(Collectors.joining(", ", "night IN (", ")"));
  }
}

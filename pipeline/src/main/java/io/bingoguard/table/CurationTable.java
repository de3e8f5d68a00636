package io.bingoguard.table;

import static org.apache.spark.sql.functions.lit;

import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/** A Delta table that {@code curate} writes, by its path. */
public final class CurationTable {
  private final SparkSession spark;
  private final String path;

  /**
   * Of a path; nothing is read.
   *
   * @param spark whose settings count where rows are read and written
   */
  public CurationTable(SparkSession spark, String path) {
    this.spark = spark;
    this.path = path;
  }

  public Dataset<Row> read() {
    return spark.read().format("delta").load(path);
  }

  /** Adds rows, which may have columns that it lacks. */
  public void append(Dataset<Row> rows) {
    rows.write().format("delta").mode(SaveMode.Append).option("mergeSchema", true).save(path);
  }

  /**
   * Deletes the rows that have a key.
   *
   * @param keys distinct values of some columns
   */
  public void delete(Dataset<Row> keys) {
    new PathTable(spark, path, TableSpec.UNKNOWN).delete(keys, lit(true), "{\"curate\":\"again\"}");
  }

  /** Forgets what is known of the table that was in this place before. */
  public void forget() {
    DeltaLog.invalidateCache(spark, new Path(path));
  }
}

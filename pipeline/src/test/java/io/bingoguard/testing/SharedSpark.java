package io.bingoguard.testing;

import org.apache.spark.sql.SparkSession;

/** The one local session of a test JVM: a second SparkContext in one JVM is trouble. */
public final class SharedSpark {
  private SharedSpark() {}

  /** The session, started on first use and stopped when the JVM ends. */
  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    private static final SparkSession SESSION = start();

    private static SparkSession start() {
      SparkSession session =
          SparkSession.builder()
              .appName("tests")
              .master("local[2]")
              .config("spark.ui.enabled", "false")
              // As the launcher has it: compiling a query takes longer than these take.
              .config("spark.sql.codegen.wholeStage", "false")
              .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
              .config("spark.sql.shuffle.partitions", "2")
              .config("spark.sql.session.timeZone", "UTC")
              .config(
                  "spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
              .config("spark.databricks.delta.snapshotPartitions", "2")
              .config(
                  "spark.sql.extensions",
                  "io.delta.sql.DeltaSparkSessionExtension,io.bingoguard.spark.BingoGuardExtensions")
              .config(
                  "spark.sql.catalog.spark_catalog",
                  "org.apache.spark.sql.delta.catalog.DeltaCatalog")
              .getOrCreate();
      return session;
    }
  }
}

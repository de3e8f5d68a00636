package io.bingoguard.spark;

import org.apache.spark.sql.SparkSession;

/** The one local session of this module's tests, with the extension. */
public final class LocalSession {
  private LocalSession() {}

  public static SparkSession session() {
    return Holder.SESSION;
  }

  private static final class Holder {
    private static final SparkSession SESSION =
        SparkSession.builder()
            .appName("tests")
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.log.level", "ERROR")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.extensions", "io.bingoguard.spark.BingoGuardExtensions")
            .config("spark.sql.warehouse.dir", System.getProperty("java.io.tmpdir") + "/warehouse")
            .getOrCreate();
  }
}

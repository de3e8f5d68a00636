package io.bingoguard.table;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Whether Spark compiles queries. The launcher's settings keep it from that, since compiling costs
 * some 5 seconds and most queries read little; from some 100,000 labels on it is worth it.
 */
public final class QueryCompilation {
  private static final long LARGE_BYTES = 16L << 20;

  private QueryCompilation() {}

  /**
   * Turns it on for the session where a query reads much; nothing is read.
   *
   * @param rows what is going to be read, with its filters: files they pass over do not count
   */
  public static void onFor(Dataset<Row> rows) {
    SparkSession spark = rows.sparkSession();
    if (rows.queryExecution().optimizedPlan().stats().sizeInBytes().toLong() > LARGE_BYTES) {
      spark.conf().set("spark.sql.codegen.factoryMode", "FALLBACK");
      spark.conf().set("spark.sql.codegen.wholeStage", true);
    }
  }
}

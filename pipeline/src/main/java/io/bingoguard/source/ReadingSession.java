package io.bingoguard.source;

import org.apache.spark.sql.SparkSession;

/** Sessions in which corpora are read: like the user's, with settings that reading needs. */
final class ReadingSession {
  private static final int LISTING_TASKS_PER_CORE = 4;

  private ReadingSession() {}

  static SparkSession of(SparkSession spark) {
    SparkSession session = spark.cloneSession();
    // Columns are named as files spell them, and a file may have two that differ in case only.
    session.conf().set("spark.sql.caseSensitive", true);
    // Spark's default is a task for each file.
    session
        .conf()
        .set(
            "spark.sql.sources.parallelPartitionDiscovery.parallelism",
            (long) spark.sparkContext().defaultParallelism() * LISTING_TASKS_PER_CORE);
    // Delta maps the columns of old files to their names of today. It calls that unsafe because a
    // column that was dropped is gone from old files too; columns that are read here still exist.
    session
        .conf()
        .set(
            "spark.databricks.delta.streaming.unsafeReadOnIncompatibleColumnMappingSchemaChanges.enabled",
            true);
    return session;
  }
}

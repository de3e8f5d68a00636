package io.bingoguard.cli;

import java.util.Map;
import org.apache.spark.SparkConf;

/**
 * That times are read and written as they are, those of old calendars too: Spark 3 refuses them,
 * Spark 4 does not. Files that old versions of Spark wrote say so themselves and are read by that.
 */
final class TimeDefaults {
  private static final String PARQUET = "spark.sql.parquet.";
  private static final String AS_IT_IS = "CORRECTED";

  private static final Map<String, String> SETTINGS =
      Map.of(
          PARQUET + "datetimeRebaseModeInRead", AS_IT_IS,
          PARQUET + "datetimeRebaseModeInWrite", AS_IT_IS,
          PARQUET + "int96RebaseModeInRead", AS_IT_IS,
          PARQUET + "int96RebaseModeInWrite", AS_IT_IS,
          // Spark's default counts nanoseconds, which other readers hold from 1677 to 2262 only.
          PARQUET + "outputTimestampType", "TIMESTAMP_MICROS");

  private TimeDefaults() {}

  /** Adds what the user has not set. */
  static void addTo(SparkConf conf) {
    SETTINGS.forEach(conf::setIfMissing);
  }
}

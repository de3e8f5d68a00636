package io.bingoguard.doctor;

import java.util.List;
import org.apache.spark.sql.SparkSession;

/** Whether this is the Spark that the project was built for. */
final class SparkChecks {
  private static final String SPARK = "3.5.";
  private static final String SCALA = "2.12.";

  private SparkChecks() {}

  static List<Check> of(SparkSession spark) {
    return List.of(
        spark(
            spark.version(),
            "master %s, default parallelism %d"
                .formatted(
                    spark.sparkContext().master(), spark.sparkContext().defaultParallelism())),
        scala(scala.util.Properties.versionNumberString()));
  }

  static Check spark(String version, String details) {
    String seen = "Spark " + version + ", " + details;
    return version.startsWith(SPARK)
        ? Check.ok("spark", seen)
        : Check.warning("spark", seen, "only Spark 3.5 was tried; take a release of it");
  }

  static Check scala(String version) {
    String seen = "Scala " + version;
    return version.startsWith(SCALA)
        ? Check.ok("scala", seen)
        : Check.failed(
            "scala",
            seen,
            "take a Spark for Scala 2.12, which Delta and this project are built for");
  }
}

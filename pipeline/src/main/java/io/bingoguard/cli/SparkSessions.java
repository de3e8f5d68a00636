package io.bingoguard.cli;

import io.bingoguard.pipeline.PipelineErrors;
import java.util.Map;
import org.apache.spark.SparkConf;
import org.apache.spark.sql.SparkSession;

/** Starts Spark with what every command needs; what the user set stays as it is. */
final class SparkSessions {
  private static final String EXTENSIONS = "spark.sql.extensions";
  private static final String DELTA_EXTENSION = "io.delta.sql.DeltaSparkSessionExtension";

  private SparkSessions() {}

  /**
   * The session of this process. The master is the one that {@code spark-submit} gave, or else all
   * cores of this machine.
   *
   * @param settings settings that beat those Spark was started with
   * @throws io.bingoguard.guard.GuardException CONF_KEY_UNKNOWN
   */
  static SparkSession open(Map<String, String> settings) {
    SparkConf conf = new SparkConf();
    settings.forEach(
        (key, value) -> {
          if (!key.startsWith("spark.")) {
            throw PipelineErrors.confKeyForeign(key);
          }
          conf.set(key, value);
        });
    conf.setIfMissing("spark.app.name", "bingoguard");
    conf.setIfMissing("spark.master", "local[*]");
    if (conf.get("spark.master").startsWith("local")) {
      conf.setIfMissing("spark.ui.enabled", "false");
      // The progress line follows the heartbeats.
      conf.setIfMissing("spark.executor.heartbeatInterval", "2s");
    }
    addDelta(conf);
    return SparkSession.builder().config(conf).getOrCreate();
  }

  private static void addDelta(SparkConf conf) {
    String extensions = conf.get(EXTENSIONS, "");
    if (!extensions.contains(DELTA_EXTENSION)) {
      conf.set(
          EXTENSIONS, extensions.isEmpty() ? DELTA_EXTENSION : extensions + "," + DELTA_EXTENSION);
    }
    conf.setIfMissing(
        "spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog");
  }
}

package io.bingoguard.cli;

import java.util.Arrays;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.SparkHadoopUtil;

/** What Hadoop's own defaults make slow or loud. */
final class StorageDefaults {
  /** What Hadoop calls its own defaults. */
  private static final String NOBODY = "core-default.xml";

  // The SDK takes a wrong secret for a clock that is off and tries again, by Hadoop's default for
  // minutes. Above it S3A tries whatever may pass again by itself.
  private static final Map<String, String> SETTINGS = Map.of("fs.s3a.attempts.maximum", "5");

  /** That the SDK is old, with a stack trace. */
  private static final String NO_ANNOUNCEMENT = "aws.java.v1.disableDeprecationAnnouncement";

  private StorageDefaults() {}

  /** Adds what nobody has set, neither for Spark nor in a file of Hadoop's. */
  static void addTo(SparkConf conf) {
    if (System.getProperty(NO_ANNOUNCEMENT) == null) {
      System.setProperty(NO_ANNOUNCEMENT, "true");
    }
    Configuration hadoop = SparkHadoopUtil.get().newConfiguration(conf);
    SETTINGS.forEach(
        (key, value) -> {
          String[] sources = hadoop.getPropertySources(key);
          if (sources == null || Arrays.equals(sources, new String[] {NOBODY})) {
            conf.set("spark.hadoop." + key, value);
          }
        });
  }
}

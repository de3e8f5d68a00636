package io.bingoguard.storage;

import java.nio.file.Path;

/**
 * Servers that the build has fetched. Each runs in a process of its own: what they bring would
 * clash with Spark's own libraries.
 */
final class ServerJar {
  private ServerJar() {}

  /** S3Proxy with all that it needs. */
  static Path s3() {
    return named("bingoguard.server.s3");
  }

  /** Hadoop's name node and data node, which need Hadoop's client beside them. */
  static Path hdfs() {
    return named("bingoguard.server.hdfs");
  }

  private static Path named(String property) {
    String value = System.getProperty(property);
    if (value == null) {
      throw new IllegalStateException(
          "System property "
              + property
              + " is missing. Run this test with Maven's failsafe plugin.");
    }
    return Path.of(value);
  }
}

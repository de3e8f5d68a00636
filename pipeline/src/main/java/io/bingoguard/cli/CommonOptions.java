package io.bingoguard.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Option;

/** Options of every command. */
final class CommonOptions {
  @Option(
      names = "--conf",
      paramLabel = "KEY=VALUE",
      description = "Spark setting, spark.bingoguard.* included. Repeatable.")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--verbose", description = "Print where an error happened.")
  private boolean verbose;

  Map<String, String> settings() {
    return settings;
  }

  boolean verbose() {
    return verbose;
  }
}

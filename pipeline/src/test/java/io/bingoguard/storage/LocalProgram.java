package io.bingoguard.storage;

import io.bingoguard.cluster.SparkHome;
import io.bingoguard.cluster.Submission;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The program as users start it on one machine: the packed jar by spark-submit. */
final class LocalProgram {
  private static final List<String> SMALL_DRIVER = List.of("-Xmx1g", "-XX:TieredStopAtLevel=1");

  /** As in conf/local.conf: compiling a few small queries takes longer than running them. */
  private static final Map<String, String> QUICK =
      Map.of(
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2",
          "spark.databricks.delta.snapshotPartitions", "2",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private final SparkHome home;
  private final Path folder;
  private final Map<String, String> environment;
  private final Map<String, String> settings;
  private int runs;

  private LocalProgram(
      SparkHome home, Path folder, Map<String, String> environment, Map<String, String> settings) {
    this.home = home;
    this.folder = folder;
    this.environment = environment;
    this.settings = settings;
  }

  /**
   * The program, from an installation of its own.
   *
   * @param folder a new or empty folder for the installation and the runs' output
   * @param environment variables of every run
   * @param settings of Spark for every run
   */
  static LocalProgram in(Path folder, Map<String, String> environment, Map<String, String> settings)
      throws IOException {
    return new LocalProgram(SparkHome.create(folder), folder, environment, settings);
  }

  /** Runs a command with further settings and returns when it has ended. */
  Submission.Ended run(Map<String, String> more, String... arguments) throws IOException {
    try (Submission run = start(more, arguments)) {
      return run.await();
    }
  }

  /** Starts a command with further settings. */
  Submission start(Map<String, String> more, String... arguments) throws IOException {
    List<String> submit = new ArrayList<>(List.of("--master", "local[2]"));
    submit.addAll(List.of("--class", "io.bingoguard.cli.BingoGuard"));
    for (Map<String, String> given : List.of(QUICK, settings, more)) {
      given.forEach((key, value) -> submit.addAll(List.of("--conf", key + "=" + value)));
    }
    submit.add(SparkHome.packedJar().toString());
    submit.addAll(List.of(arguments));
    ProcessBuilder builder = home.java(SMALL_DRIVER, "org.apache.spark.deploy.SparkSubmit", submit);
    // What the machine's user has set up for Amazon is none of the tests' business.
    builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
    builder.environment().put("AWS_EC2_METADATA_DISABLED", "true");
    builder.environment().putAll(environment);
    return Submission.start(builder, folder.resolve("run-" + runs++));
  }
}

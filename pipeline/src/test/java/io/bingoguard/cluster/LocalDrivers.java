package io.bingoguard.cluster;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Starts commands of the packed jar in local mode, each in a JVM of its own that can be killed. The
 * JVMs share an archive of classes, since most of a short run is loading them.
 */
final class LocalDrivers {
  /** As in conf/local.conf: compiling a few small queries takes longer than running them. */
  private static final Map<String, String> QUICK =
      Map.of(
          "spark.master", "local[2]",
          "spark.ui.enabled", "false",
          "spark.sql.shuffle.partitions", "2",
          "spark.databricks.delta.snapshotPartitions", "2",
          "spark.sql.codegen.wholeStage", "false",
          "spark.sql.codegen.factoryMode", "NO_CODEGEN");

  private final SparkHome home;
  private final Path folder;
  private final Map<String, String> settings;
  private final Map<String, String> environment;
  private final List<Path> before;
  private int started;

  private LocalDrivers(
      SparkHome home,
      Path folder,
      Map<String, String> settings,
      Map<String, String> environment,
      List<Path> before) {
    this.home = home;
    this.folder = folder;
    this.settings = settings;
    this.environment = environment;
    this.before = before;
  }

  /** Drivers with an installation of their own in a new folder. */
  static LocalDrivers in(Path folder) throws IOException {
    return new LocalDrivers(SparkHome.create(folder), folder, Map.of(), Map.of(), List.of());
  }

  /** The same drivers with further settings of Spark and environment variables. */
  LocalDrivers with(Map<String, String> moreSettings, Map<String, String> moreEnvironment)
      throws IOException {
    return new LocalDrivers(home, newRuns(), moreSettings, moreEnvironment, before);
  }

  /** The same drivers with a jar before all others; they start without the archive. */
  LocalDrivers with(Path jar) throws IOException {
    return new LocalDrivers(home, newRuns(), settings, environment, List.of(jar));
  }

  private Path newRuns() throws IOException {
    return Files.createTempDirectory(folder, "runs-");
  }

  /** Starts a command; its log tells the warnings. */
  Submission start(String... arguments) throws IOException {
    return start(List.of("-Xshare:auto", "-XX:SharedArchiveFile=" + archive()), arguments);
  }

  /** Runs a command to its end, and leaves the archive that all later ones start from. */
  Submission.Ended runFirst(String... arguments) throws IOException {
    try (Submission first = start(List.of("-XX:ArchiveClassesAtExit=" + archive()), arguments)) {
      return first.await();
    }
  }

  private Submission start(List<String> sharing, String... arguments) throws IOException {
    List<String> jvm =
        new ArrayList<>(List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    jvm.addAll(sharing);
    jvm.add("-Xlog:disable");
    jvm.add("-Dlog4j2.configurationFile=" + home.path().resolve("conf/log4j2.properties"));
    Stream.of(QUICK, settings)
        .forEach(some -> some.forEach((key, value) -> jvm.add("-D" + key + "=" + value)));
    ProcessBuilder builder = home.java(jvm, "io.bingoguard.cli.BingoGuard", List.of(arguments));
    List<String> command = builder.command();
    // Java archives the classes of jars alone, so a folder may not be among them.
    command.set(command.indexOf("-cp") + 1, jars());
    builder.environment().putAll(environment);
    return Submission.start(builder, folder.resolve("run-" + started++));
  }

  private Path archive() {
    return home.path().resolve("classes.jsa");
  }

  private String jars() throws IOException {
    return Stream.of(before, SparkHome.distribution(), List.of(SparkHome.packedJar()))
        .flatMap(List::stream)
        .map(Path::toString)
        .collect(Collectors.joining(File.pathSeparator));
  }
}

package io.bingoguard.cluster;

import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A Spark installation put together from the jars that Maven has: those that Spark's distribution
 * brings, and none of ours.
 */
public final class SparkHome {
  private final Path home;

  private SparkHome(Path home) {
    this.home = home;
  }

  /** The jar for spark-submit that this build has packed. */
  public static Path packedJar() {
    return Path.of(property("bingoguard.jar"));
  }

  /** The jars that Spark's distribution brings. */
  public static List<Path> distribution() throws IOException {
    List<Path> jars = new ArrayList<>(jarsOf("bingoguard.classpath.spark"));
    jars.addAll(jarsOf("bingoguard.classpath.shared"));
    return jars;
  }

  /** The jars of a classpath that the build has written to the file named by a system property. */
  static List<Path> jarsOf(String property) throws IOException {
    String classpath = Files.readString(Path.of(property(property))).trim();
    return List.of(classpath.split(File.pathSeparator)).stream().map(Path::of).toList();
  }

  /** Makes the installation in a new folder. */
  public static SparkHome create(Path folder) throws IOException {
    Path jars = Files.createDirectories(folder.resolve("jars"));
    for (Path jar : distribution()) {
      link(jars.resolve(jar.getFileName()), jar);
    }
    Files.createDirectories(folder.resolve("tmp"));
    Files.writeString(
        Files.createDirectories(folder.resolve("conf")).resolve("log4j2.properties"),
        """
        appender.err.type = Console
        appender.err.name = err
        appender.err.target = SYSTEM_ERR
        appender.err.layout.type = PatternLayout
        appender.err.layout.pattern = %d{HH:mm:ss.SSS} %p %c{1}: %m%n%ex
        rootLogger.level = warn
        rootLogger.appenderRef.err.ref = err
        logger.deploy.name = org.apache.spark.deploy
        logger.deploy.level = info
        logger.executor.name = org.apache.spark.executor
        logger.executor.level = info
        logger.scheduler.name = org.apache.spark.scheduler
        logger.scheduler.level = info
        """);
    return new SparkHome(folder);
  }

  /** A process that runs a class of Spark, not started yet; {@code jvm} are options for Java. */
  public ProcessBuilder java(List<String> jvm, String mainClass, List<String> arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-cp");
    command.add(home.resolve("conf") + File.pathSeparator + home.resolve("jars") + "/*");
    command.addAll(moduleOptions());
    command.addAll(jvm);
    command.add(mainClass);
    command.addAll(arguments);
    ProcessBuilder builder = new ProcessBuilder(command);
    Map<String, String> environment = builder.environment();
    // A user's machine has none of what the tests' own environment sets for the tokenizer.
    environment.keySet().removeIf(name -> name.startsWith("SPARK_"));
    environment.keySet().removeAll(List.of("OPT_OUT_TRACKING", "RUST_FLAVOR"));
    environment.put("SPARK_HOME", home.toString());
    environment.put("SPARK_SCALA_VERSION", "2.12");
    environment.put("SPARK_LOCAL_IP", "127.0.0.1");
    environment.put("JAVA_HOME", System.getProperty("java.home"));
    // Killed processes leave temporary files behind: they go with the test's own folder.
    Path temporary = home.resolve("tmp");
    environment.put("SPARK_LOCAL_DIRS", temporary.toString());
    environment.put("JAVA_TOOL_OPTIONS", "-Djava.io.tmpdir=" + temporary);
    return builder.directory(home.toFile());
  }

  Path path() {
    return home;
  }

  /**
   * A hard link, which goes with the folder, or where the file system has none to there, a soft
   * one.
   */
  private static void link(Path link, Path target) throws IOException {
    try {
      Files.createLink(link, target);
    } catch (FileSystemException | UnsupportedOperationException e) {
      Files.createSymbolicLink(link, target);
    }
  }

  /** What the tests' own JVM was given for Spark on Java 17. */
  private static List<String> moduleOptions() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(option -> option.startsWith("--add-opens"))
        .toList();
  }

  private static String property(String name) {
    String value = System.getProperty(name);
    if (value == null) {
      throw new IllegalStateException(
          "System property " + name + " is missing. Run this test with Maven's failsafe plugin.");
    }
    return value;
  }
}

package io.bingoguard.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A command that spark-submit runs, with its driver in the process of spark-submit itself. */
public final class Submission implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(5);

  private final Process process;
  private final Path folder;

  private Submission(Process process, Path folder) {
    this.process = process;
    this.folder = folder;
  }

  public static Submission start(ProcessBuilder builder, Path folder) throws IOException {
    Files.createDirectories(folder);
    builder.redirectOutput(folder.resolve("stdout").toFile());
    builder.redirectError(folder.resolve("stderr").toFile());
    return new Submission(builder.start(), folder);
  }

  /**
   * How a command ended.
   *
   * @param exitCode the exit code; 137 when it was killed
   * @param output all of its standard output
   * @param errors all of its standard error, Spark's log included
   */
  public record Ended(int exitCode, String output, String errors) {}

  /** Waits for the end. */
  public Ended await() {
    try {
      if (!process.waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS)) {
        throw new IllegalStateException("The command still runs. Its log:\n" + errors());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a command", e);
    }
    return new Ended(process.exitValue(), output(), errors());
  }

  /** Waits until a text stands in its standard error, or throws when it ends before. */
  void awaitErrors(String text) {
    Waiting.until(
        "'" + text + "' in the command's standard error",
        LIMIT,
        () -> errors().contains(text) || !process.isAlive(),
        this::errors);
    if (!errors().contains(text)) {
      throw new IllegalStateException("The command ended without '" + text + "':\n" + errors());
    }
  }

  long pid() {
    return process.pid();
  }

  public boolean running() {
    return process.isAlive();
  }

  /** Standard output so far. */
  String output() {
    return read("stdout");
  }

  /** Standard error so far, Spark's log included. */
  public String errors() {
    return read("stderr");
  }

  /** Kills the driver at once; its executors notice it. */
  void kill() {
    Processes.kill(process.toHandle());
  }

  @Override
  public void close() {
    Processes.killTree(process.toHandle());
  }

  private String read(String name) {
    return LogFiles.read(folder.resolve(name));
  }
}

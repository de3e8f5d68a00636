package io.bingoguard.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A process that serves others, such as a master or a worker, with its log in a file. */
public final class ServerProcess implements AutoCloseable {
  private static final Duration LIMIT = Duration.ofMinutes(2);

  private final Process process;
  private final Path log;

  private ServerProcess(Process process, Path log) {
    this.process = process;
    this.log = log;
  }

  public static ServerProcess start(ProcessBuilder builder, Path log) throws IOException {
    return new ServerProcess(
        builder.redirectErrorStream(true).redirectOutput(log.toFile()).start(), log);
  }

  /** The first group of a pattern's first occurrence in the log, as soon as it is there. */
  public String awaitLogged(String what, Pattern pattern) {
    Waiting.until(what, LIMIT, () -> found(pattern) != null || !process.isAlive(), this::log);
    String found = found(pattern);
    if (found == null) {
      throw new IllegalStateException("The process ended before " + what + ". Log:\n" + log());
    }
    return found;
  }

  private String found(Pattern pattern) {
    Matcher matcher = pattern.matcher(log());
    return matcher.find() ? matcher.group(1) : null;
  }

  public String log() {
    return LogFiles.read(log);
  }

  /** Processes that this one has started itself and that run: a worker's executors. */
  List<ProcessHandle> children() {
    return process.toHandle().children().filter(ProcessHandle::isAlive).toList();
  }

  /** Kills this process alone, at once; its children notice it, or not. */
  void kill() {
    Processes.kill(process.toHandle());
  }

  /** Kills this process and all that it has started. */
  @Override
  public void close() {
    Processes.killTree(process.toHandle());
  }
}

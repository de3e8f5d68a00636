package io.bingoguard.cluster;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Ends processes at once (SIGKILL) and waits until they are gone. */
final class Processes {
  private static final Duration LIMIT = Duration.ofSeconds(30);

  private Processes() {}

  static void kill(ProcessHandle process) {
    process.destroyForcibly();
    Waiting.until(
        "the end of process " + process.pid(),
        LIMIT,
        () -> !process.isAlive(),
        () -> process.info().toString());
  }

  static void killTree(ProcessHandle root) {
    // Listed before the root dies: afterwards they are nobody's children.
    List<ProcessHandle> all = root.descendants().toList();
    kill(root);
    all.forEach(Processes::kill);
  }

  /** Kills whatever runs from a Spark installation of ours: executors whose worker is dead. */
  static void killAllOf(Path sparkHome) {
    ProcessHandle.allProcesses()
        .filter(process -> process.info().commandLine().orElse("").contains(sparkHome + "/"))
        .toList()
        .forEach(Processes::kill);
  }
}

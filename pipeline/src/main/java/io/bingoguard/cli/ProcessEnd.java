package io.bingoguard.cli;

import java.util.Map;
import java.util.function.IntConsumer;

/** How the process of a command ends. */
final class ProcessEnd {
  /** Set in the processes of a Databricks cluster, where a job's JVM is not the job's to end. */
  static final String DATABRICKS = "DATABRICKS_RUNTIME_VERSION";

  private ProcessEnd() {}

  /**
   * Ends the JVM with the exit code. On Databricks it returns instead where the code is 0, which is
   * how a job says that it succeeded.
   *
   * @param exit ends the JVM
   * @throws io.bingoguard.guard.GuardException RUN_FAILED on Databricks, for any other code: a job
   *     has no other way to fail
   */
  static void with(int exitCode, Map<String, String> environment, IntConsumer exit) {
    if (!environment.containsKey(DATABRICKS)) {
      exit.accept(exitCode);
    } else if (exitCode != ExitCode.DONE) {
      throw CommandErrors.endedWith(exitCode);
    }
  }
}

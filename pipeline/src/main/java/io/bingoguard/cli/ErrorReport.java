package io.bingoguard.cli;

import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardException;
import io.bingoguard.pipeline.PipelineErrors;
import java.io.PrintWriter;
import picocli.CommandLine;

/** Prints failures: one line with code and message, and where it happened only on request. */
final class ErrorReport {
  private final PrintWriter err;
  private final boolean verbose;

  private ErrorReport(PrintWriter err, boolean verbose) {
    this.err = err;
    this.verbose = verbose;
  }

  static ErrorReport of(CommandLine command) {
    boolean verbose =
        command.getCommand() instanceof CommonOptions.Holder holder && holder.common().verbose();
    return new ErrorReport(command.getErr(), verbose);
  }

  /** Prints a failure and hands back the exit code. */
  int print(Throwable failure, int exitCode) {
    GuardException known =
        GuardErrors.known(failure).orElseGet(() -> PipelineErrors.unexpected(failure));
    err.println("error [%s]: %s".formatted(known.code(), known.getMessage()));
    if (verbose) {
      failure.printStackTrace(err);
    }
    err.flush();
    return exitCode;
  }
}

package io.bingoguard.cli;

/** What the process returns, besides {@link io.bingoguard.guard.ErrorCode#exitCode}. */
final class ExitCode {
  static final int DONE = 0;

  /** Something failed while running, or a check of {@code doctor} failed. */
  static final int FAILED = 1;

  /** What the user asked for cannot be begun: options, paths, schemas, an unsuitable output. */
  static final int USAGE = 2;

  /** The work is done, and a threshold is not kept or a night is out of the ordinary. */
  static final int ALERT = 3;

  /** Too little was compared to tell whether it is tolerated. */
  static final int UNDECIDED = 5;

  private ExitCode() {}
}

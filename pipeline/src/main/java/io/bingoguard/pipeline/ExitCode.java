package io.bingoguard.pipeline;

/** What the process returns. */
public final class ExitCode {
  public static final int DONE = 0;

  /** Something failed while running, or a check of {@code doctor} failed. */
  public static final int FAILED = 1;

  /** What the user asked for cannot be begun: options, paths, schemas, an unsuitable output. */
  public static final int USAGE = 2;

  /** The work is done, and a threshold that the user set is not kept. */
  public static final int ALERT = 3;

  /** The work is done or was ended, and too many rows are errors. */
  public static final int TOO_MANY_ERRORS = 4;

  private ExitCode() {}
}

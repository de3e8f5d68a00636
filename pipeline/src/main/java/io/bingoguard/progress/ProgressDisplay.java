package io.bingoguard.progress;

import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;

/**
 * Where the progress line goes: over itself on a terminal, else one below the other and seldom.
 *
 * @param out the stream
 * @param terminal whether a person looks at it
 * @param interval time between two lines
 */
public record ProgressDisplay(PrintStream out, boolean terminal, Duration interval) {
  /** Set by the launcher, since Java cannot tell where standard error goes. */
  private static final String TERMINAL_PROPERTY = "bingoguard.terminal";

  private static final Duration TERMINAL_INTERVAL = Duration.ofSeconds(1);
  private static final String CLEAR_LINE = "\r\u001b[K";

  public ProgressDisplay {
    Objects.requireNonNull(out, "out");
    Objects.requireNonNull(interval, "interval");
  }

  /**
   * Standard error.
   *
   * @param interval time between lines where it is no terminal
   */
  public static ProgressDisplay standardError(Duration interval) {
    boolean terminal = Boolean.getBoolean(TERMINAL_PROPERTY);
    return new ProgressDisplay(System.err, terminal, terminal ? TERMINAL_INTERVAL : interval);
  }

  /** Shows a line, over the one before on a terminal. */
  public void show(String line) {
    if (terminal) {
      out.print(CLEAR_LINE + line);
    } else {
      out.println(line);
    }
    out.flush();
  }

  /**
   * Shows the last line.
   *
   * @param before the line that was shown before; one below the other, it is not repeated
   */
  public void finish(String line, String before) {
    if (terminal || !line.equals(before)) {
      show(line);
    }
    if (terminal) {
      out.println();
    }
  }

  /** Takes the line away that a terminal shows; what was printed one below the other stays. */
  void clear() {
    if (terminal) {
      out.print(CLEAR_LINE);
      out.flush();
    }
  }
}

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
 * @param columns width of the terminal: a longer line would not be written over
 */
public record ProgressDisplay(PrintStream out, boolean terminal, Duration interval, int columns) {
  /** Set by the launcher, since Java cannot tell where standard error goes. */
  private static final String TERMINAL_PROPERTY = "bingoguard.terminal";

  private static final String COLUMNS_PROPERTY = "bingoguard.terminal.columns";
  private static final int USUAL_COLUMNS = 80;

  private static final Duration TERMINAL_INTERVAL = Duration.ofSeconds(1);
  private static final String CLEAR_LINE = "\r\u001b[K";

  /** A terminal of the usual width, or none. */
  public ProgressDisplay(PrintStream out, boolean terminal, Duration interval) {
    this(out, terminal, interval, USUAL_COLUMNS);
  }

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
    int columns = Integer.getInteger(COLUMNS_PROPERTY, USUAL_COLUMNS);
    return new ProgressDisplay(
        System.err,
        terminal,
        terminal ? TERMINAL_INTERVAL : interval,
        columns > 0 ? columns : USUAL_COLUMNS);
  }

  /** Shows a line, over the one before on a terminal. */
  public void show(String line) {
    if (terminal) {
      // The last column is left free: some terminals go on to the next line after it.
      out.print(CLEAR_LINE + line.substring(0, Math.min(line.length(), columns - 1)));
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

package io.bingoguard.progress;

import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** Shows a line again and again until it is finished, then a last time. */
public final class ProgressReporter {
  private final ProgressDisplay display;
  private final Supplier<String> line;
  private final ScheduledExecutorService ticks;
  private volatile String shown = "";

  private ProgressReporter(ProgressDisplay display, Supplier<String> line) {
    this.display = display;
    this.line = line;
    this.ticks =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "progress");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** Shows what is supplied, for the first time after a third of the display's interval. */
  public static ProgressReporter start(ProgressDisplay display, Supplier<String> line) {
    ProgressReporter reporter = new ProgressReporter(display, line);
    long interval = display.interval().toMillis();
    // The first line comes sooner, since what went before may have been too short to be told.
    var unused =
        reporter.ticks.scheduleAtFixedRate(
            reporter::tick, interval / 3, interval, TimeUnit.MILLISECONDS);
    return reporter;
  }

  private void tick() {
    shown = line.get();
    display.show(shown);
  }

  /** Shows it a last time. */
  public void finish() {
    ticks.shutdownNow();
    try {
      // So that no late tick follows the last line.
      var unused = ticks.awaitTermination(1, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    display.finish(line.get(), shown);
  }
}

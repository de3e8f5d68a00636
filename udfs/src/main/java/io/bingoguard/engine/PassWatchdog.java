package io.bingoguard.engine;

import ai.onnxruntime.OrtException;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.ScoreRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Watches the passes of a runner. A pass that exceeds its time cannot be stopped, since the device
 * does not answer; somebody is told instead.
 */
final class PassWatchdog implements PackWorker.Runner, AutoCloseable {
  private static final long MOST_MILLIS_BETWEEN_LOOKS = 1000;

  private final PackWorker.Runner runner;
  private final long limitNanos;
  private final Runnable expired;
  private final ScheduledExecutorService thread;
  private final Future<?> looking;
  private volatile boolean running;
  private volatile long startedNanos;

  /**
   * Watches.
   *
   * @param expired called once, on the watchdog's thread
   */
  PassWatchdog(PackWorker.Runner runner, Duration limit, Runnable expired) {
    this.runner = runner;
    this.limitNanos = limit.toNanos();
    this.expired = expired;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread watchdog = new Thread(task, "bingoguard-watchdog");
              watchdog.setDaemon(true);
              return watchdog;
            });
    long pause = Math.max(1, Math.min(MOST_MILLIS_BETWEEN_LOOKS, limit.toMillis() / 4));
    this.looking = thread.scheduleWithFixedDelay(this::look, pause, pause, TimeUnit.MILLISECONDS);
  }

  @Override
  public List<ChoiceScores> run(List<ScoreRequest> pack) throws OrtException {
    startedNanos = System.nanoTime();
    running = true;
    try {
      return runner.run(pack);
    } finally {
      running = false;
    }
  }

  private void look() {
    // A pass that began after the start was read is younger than it seems; so the start is read
    // before and after.
    long started = startedNanos;
    if (running && started == startedNanos && System.nanoTime() - started > limitNanos) {
      looking.cancel(false);
      expired.run();
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}

package io.bingoguard.progress;

import java.time.Duration;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Says what a command is busy with whenever nothing was said for three seconds. Of steps that are
 * over sooner nothing is said.
 */
public final class Steps implements AutoCloseable {
  private static final long SILENCE_NANOS = Duration.ofSeconds(3).toNanos();

  /** Java took a second to get here, of which nothing was heard either. */
  private static final long TICK_MILLIS = 500;

  private final ProgressDisplay display;
  private final LongSupplier nanoTime;
  private final ScheduledExecutorService ticks =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "steps");
            thread.setDaemon(true);
            return thread;
          });
  private Optional<String> current = Optional.empty();
  private long beganNanos;
  private long saidNanos;
  private boolean shown;

  /** Steps that are told only when they are asked to {@link #tick}. */
  Steps(ProgressDisplay display, LongSupplier nanoTime) {
    this.display = Objects.requireNonNull(display, "display");
    this.nanoTime = Objects.requireNonNull(nanoTime, "nanoTime");
  }

  /** Tells steps from now on; the interval of the display is not asked for. */
  public static Steps start(ProgressDisplay display) {
    Steps steps = new Steps(display, System::nanoTime);
    var unused =
        steps.ticks.scheduleAtFixedRate(
            steps::tick, TICK_MILLIS, TICK_MILLIS, TimeUnit.MILLISECONDS);
    return steps;
  }

  /**
   * Ends the step before and begins another.
   *
   * @param step what is done, for example {@code Starting Spark}
   */
  public synchronized void begin(String step) {
    long now = nanoTime.getAsLong();
    if (current.isEmpty()) {
      saidNanos = now;
    }
    clear();
    current = Optional.of(step);
    beganNanos = now;
  }

  /** Ends the step; until the next one begins somebody else speaks. */
  public synchronized void pause() {
    clear();
    current = Optional.empty();
  }

  synchronized void tick() {
    long now = nanoTime.getAsLong();
    boolean due = now - saidNanos >= SILENCE_NANOS || (display.terminal() && shown);
    if (current.isPresent() && due) {
      long seconds = Duration.ofNanos(now - beganNanos).toSeconds();
      display.show(String.format(Locale.ROOT, "%s, %d s", current.get(), seconds));
      saidNanos = now;
      shown = true;
    }
  }

  private void clear() {
    if (shown) {
      display.clear();
      shown = false;
    }
  }

  @Override
  public void close() {
    ticks.shutdownNow();
    pause();
  }
}

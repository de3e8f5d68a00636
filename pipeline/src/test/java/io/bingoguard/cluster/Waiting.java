package io.bingoguard.cluster;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for other processes; the limit only ends what hangs. */
public final class Waiting {
  private static final long PAUSE_MILLIS = 100;

  private Waiting() {}

  /**
   * Returns when the condition holds.
   *
   * @param what what is waited for, for the message
   * @param seen tells what was seen instead, for the message
   * @throws IllegalStateException when the limit is over
   */
  public static void until(
      String what, Duration limit, BooleanSupplier condition, Supplier<String> seen) {
    long end = System.nanoTime() + limit.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException(
            "Waited %s for %s. Seen:%n%s".formatted(limit, what, seen.get()));
      }
      pause();
    }
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for a process", e);
    }
  }
}

package io.bingoguard.storage;

import java.time.Duration;

/** Waits that a proxy puts between client and server. */
final class Pauses {
  private volatile long delayMillis;
  private volatile long silentUntil = System.nanoTime();

  void delay(Duration delay) {
    delayMillis = delay.toMillis();
  }

  void silence(Duration silence) {
    silentUntil = System.nanoTime() + silence.toNanos();
  }

  void beforeRequest() {
    sleep(delayMillis);
    beforeAnswer();
  }

  /** Returns when nothing more is to be kept back. */
  void beforeAnswer() {
    for (long left = leftMillis(); left > 0; left = leftMillis()) {
      sleep(left);
    }
  }

  private long leftMillis() {
    long nanos = silentUntil - System.nanoTime();
    return nanos <= 0 ? 0 : Duration.ofNanos(nanos).toMillis() + 1;
  }

  private static void sleep(long millis) {
    try {
      Thread.sleep(millis);
    } catch (InterruptedException e) {
      // The proxy is closed.
      Thread.currentThread().interrupt();
    }
  }
}

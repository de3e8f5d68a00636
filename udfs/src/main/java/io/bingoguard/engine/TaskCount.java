package io.bingoguard.engine;

/** How many tasks are at work on a device, and since when. Safe for use by several threads. */
final class TaskCount {
  private int atWork;
  private long since;

  synchronized void began() {
    if (atWork++ == 0) {
      since = System.nanoTime();
    }
  }

  synchronized void ended() {
    atWork--;
  }

  /** Nanoseconds since {@code start} in which tasks were at work; 0 when none is. */
  synchronized long atWorkSince(long start) {
    if (atWork == 0) {
      return 0;
    }
    long now = System.nanoTime();
    return Math.min(now - start, now - since);
  }
}

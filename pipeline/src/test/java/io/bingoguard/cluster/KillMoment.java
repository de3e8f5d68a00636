package io.bingoguard.cluster;

import java.time.Duration;
import java.util.Random;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;

/** When a process is killed: as soon as something holds, and then after a while. */
record KillMoment(BooleanSupplier sign, Duration then) {
  /** Short against the making of a commit. */
  private static final long LOOK_NANOS = 200_000;

  static KillMoment at(BooleanSupplier sign) {
    return new KillMoment(sign, Duration.ZERO);
  }

  /** Any time of a run that would take so long. */
  static KillMoment anyTime(Random random, Duration run) {
    return new KillMoment(() -> true, upTo(random, run));
  }

  /**
   * When work has gone on by up to so many steps from now: right then, or shortly after.
   *
   * @param work grows with every step
   */
  static KillMoment anyStep(Random random, LongSupplier work, int steps, Duration shortly) {
    long last = work.getAsLong() + 1 + random.nextInt(steps);
    return new KillMoment(
        () -> work.getAsLong() >= last,
        random.nextBoolean() ? Duration.ZERO : upTo(random, shortly));
  }

  private static Duration upTo(Random random, Duration most) {
    return Duration.ofMillis(random.nextInt((int) most.toMillis()));
  }

  /** Waits for the moment; tells whether the process still runs then. */
  boolean await(Submission run) {
    while (run.running() && !sign.getAsBoolean()) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    long end = System.nanoTime() + then.toNanos();
    while (run.running() && System.nanoTime() < end) {
      LockSupport.parkNanos(LOOK_NANOS);
    }
    return run.running();
  }
}

package io.bingoguard.spark.plugin;

import com.codahale.metrics.Gauge;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * How fast a counter grows, per second, since it was read some seconds ago: several readers in a
 * row get the same figure.
 */
final class RateGauge implements Gauge<Double> {
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(5);

  private final LongSupplier counter;
  private long readNanos = System.nanoTime();
  private long read;
  private double rate;

  RateGauge(LongSupplier counter) {
    this.counter = counter;
    this.read = counter.getAsLong();
  }

  @Override
  public synchronized Double getValue() {
    long now = System.nanoTime();
    if (now - readNanos >= LEAST_NANOS) {
      long count = counter.getAsLong();
      // An engine that was closed takes its counts along.
      rate = Math.max(0, (count - read) * 1e9 / (now - readNanos));
      read = count;
      readNanos = now;
    }
    return rate;
  }
}

package io.bingoguard.cli;

import io.bingoguard.guard.GuardException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.spark.SparkContext;
import org.apache.spark.util.SignalUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends work on SIGTERM and Ctrl-C: Spark's jobs are cancelled, so that the command can record what
 * became of its run. A second signal, or work that does not end in time, ends the process at once;
 * what it had not committed is abandoned either way.
 */
final class StopSignals implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

  /** Below the half minute that Kubernetes and most schedulers give. */
  private static final long PATIENCE_SECONDS = 20;

  private static final AtomicReference<Optional<StopSignals>> CURRENT =
      new AtomicReference<>(Optional.empty());

  private static boolean registered;

  /** Jobs that a signal cancels: those of the thread that heeds it. */
  private static final String JOBS = "bingoguard-work";

  private static final long AGAIN_MILLIS = 200;

  private final SparkContext spark;
  private boolean heard;
  private final AtomicReference<Optional<GuardException>> stopped =
      new AtomicReference<>(Optional.empty());

  private StopSignals(SparkContext spark) {
    this.spark = spark;
  }

  /** Heeds signals until it is closed; then they end the process as usual. */
  static synchronized StopSignals heed(SparkContext spark) {
    if (!registered) {
      register("TERM", CommandErrors.terminated());
      register("INT", CommandErrors.interrupted());
      registered = true;
    }
    spark.setJobGroup(JOBS, "work that signals end", false);
    StopSignals signals = new StopSignals(spark);
    CURRENT.set(Optional.of(signals));
    return signals;
  }

  private static void register(String signal, GuardException reason) {
    SignalUtils.register(
        signal,
        "SIG" + signal + " ends the process without a word",
        true,
        () -> CURRENT.get().map(signals -> signals.stop(reason)).orElse(false));
  }

  /** Why work is to end, once it is; who was told is let do what it does to end. */
  synchronized Optional<GuardException> stopped() {
    heard |= stopped.get().isPresent();
    return stopped.get();
  }

  /** A signal between two jobs would end none of them, so it is not left at one time. */
  private synchronized boolean cancelUnlessHeard() {
    if (!heard) {
      spark.cancelJobGroup(JOBS);
    }
    return heard;
  }

  /** Whether the signal is dealt with. */
  private Object stop(GuardException reason) {
    if (!stopped.compareAndSet(Optional.empty(), Optional.of(reason))) {
      Runtime.getRuntime().halt(reason.code().exitCode());
    }
    Thread patience =
        new Thread(
            () -> {
              long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
              try {
                while (!cancelUnlessHeard() && System.nanoTime() < end) {
                  TimeUnit.MILLISECONDS.sleep(AGAIN_MILLIS);
                }
                TimeUnit.NANOSECONDS.sleep(end - System.nanoTime());
              } catch (InterruptedException e) {
                LOG.debug("The process ends at once");
              }
              // What was to say so has not come to it.
              System.err.println(GuardException.described(reason));
              System.err.flush();
              Runtime.getRuntime().halt(reason.code().exitCode());
            },
            "bingoguard-stop");
    patience.setDaemon(true);
    patience.start();
    return true;
  }

  @Override
  public void close() {
    spark.clearJobGroup();
    CURRENT.set(Optional.empty());
  }
}

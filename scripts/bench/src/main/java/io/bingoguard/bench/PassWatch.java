package io.bingoguard.bench;

import ai.onnxruntime.OrtException;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.RequestScorer;
import io.bingoguard.score.ScoreRequest;
import java.util.List;
import java.util.function.LongSupplier;

/**
 * Watches from outside how long a dispatcher has nothing to run: the time from the first request's
 * arrival to the end of the last pass, less the passes. What the dispatcher does between passes
 * counts as waiting too, so that the share is not made smaller than it is.
 */
public final class PassWatch implements PackWorker.Runner {
  private final PackWorker.Runner runner;
  private final LongSupplier clock;
  private long firstArrival = Long.MAX_VALUE;
  private long lastEnd = Long.MIN_VALUE;
  private long busy;
  private int passes;

  /**
   * Watches a runner.
   *
   * @param clock nanoseconds
   */
  public PassWatch(PackWorker.Runner runner, LongSupplier clock) {
    this.runner = runner;
    this.clock = clock;
  }

  /** A scorer that tells this watch when the first request arrives. */
  public RequestScorer arriving(RequestScorer scorer) {
    return requests -> {
      arrived(clock.getAsLong());
      return scorer.submit(requests);
    };
  }

  private synchronized void arrived(long now) {
    firstArrival = Math.min(firstArrival, now);
  }

  @Override
  public List<ChoiceScores> run(List<ScoreRequest> pack) throws OrtException {
    long start = clock.getAsLong();
    try {
      return runner.run(pack);
    } finally {
      ended(start, clock.getAsLong());
    }
  }

  private synchronized void ended(long start, long end) {
    busy += end - start;
    lastEnd = Math.max(lastEnd, end);
    passes++;
  }

  /** Passes made, failed ones included. */
  public synchronized int passes() {
    return passes;
  }

  /** The share of the time that was waited, 0 to 1; 0 before anything was run. */
  public synchronized double waitShare() {
    double whole = (double) lastEnd - firstArrival;
    return passes == 0 || whole <= 0 ? 0 : 1 - busy / whole;
  }
}

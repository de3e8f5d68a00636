package io.bingoguard.score;

import io.bingoguard.guard.LabelStatus;
import java.io.Serializable;
import java.util.concurrent.atomic.LongAdder;

/** Counts and times of an engine since it was opened. Safe for use by several threads. */
public final class EngineMetrics {
  private final LongAdder tokenizeNanos = new LongAdder();
  private final LongAdder packNanos = new LongAdder();
  private final LongAdder forwardNanos = new LongAdder();
  private final LongAdder prefixNanos = new LongAdder();
  private final LongAdder waitNanos = new LongAdder();
  private final LongAdder queueNanos = new LongAdder();
  private final LongAdder passes = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder usefulTokens = new LongAdder();
  private final LongAdder computedTokens = new LongAdder();
  private final LongAdder outOfMemory = new LongAdder();
  private final LongAdder offFormat = new LongAdder();
  private final LongAdder errors = new LongAdder();

  void tokenized(long nanos) {
    tokenizeNanos.add(nanos);
  }

  void packed(long nanos) {
    packNanos.add(nanos);
  }

  void prefixComputed(long nanos) {
    prefixNanos.add(nanos);
  }

  void passed(long nanos, int passRequests, int useful, int computed) {
    forwardNanos.add(nanos);
    passes.increment();
    requests.add(passRequests);
    usefulTokens.add(useful);
    computedTokens.add(computed);
  }

  void outOfMemory() {
    outOfMemory.increment();
  }

  /** The device had nothing to do although tasks were at work. */
  public void waited(long nanos) {
    waitNanos.add(nanos);
  }

  /** A request left the queue after so long. */
  public void queued(long nanos) {
    queueNanos.add(nanos);
  }

  void labelled(LabelStatus status) {
    if (status == LabelStatus.OFF_FORMAT) {
      offFormat.increment();
    } else if (status == LabelStatus.ERROR) {
      errors.increment();
    }
  }

  public Snapshot snapshot() {
    return new Snapshot(
        tokenizeNanos.sum(),
        packNanos.sum(),
        prefixNanos.sum(),
        forwardNanos.sum(),
        waitNanos.sum(),
        queueNanos.sum(),
        passes.sum(),
        requests.sum(),
        usefulTokens.sum(),
        computedTokens.sum(),
        outOfMemory.sum(),
        offFormat.sum(),
        errors.sum());
  }

  /**
   * The counters at one moment.
   *
   * @param tokenizeNanos time spent on rendering and tokenizing, over all threads
   * @param packNanos time spent on choosing and laying out packs
   * @param prefixNanos time spent on computing shared prefixes
   * @param forwardNanos time spent in scoring passes
   * @param waitNanos time in which the device had nothing to do although tasks were at work
   * @param queueNanos time that requests waited for their pass, over all requests
   * @param passes number of scoring passes
   * @param requests number of requests scored
   * @param usefulTokens tokens of those requests after their shared prefixes
   * @param computedTokens tokens that passes computed, bucket padding included
   * @param outOfMemory passes that did not fit into the device's memory
   * @param offFormat labels that came out off format
   * @param errors labels that came out as errors
   */
  public record Snapshot(
      long tokenizeNanos,
      long packNanos,
      long prefixNanos,
      long forwardNanos,
      long waitNanos,
      long queueNanos,
      long passes,
      long requests,
      long usefulTokens,
      long computedTokens,
      long outOfMemory,
      long offFormat,
      long errors)
      implements Serializable {

    /** Time in which the device computed, or was being given work. */
    public long busyNanos() {
      return packNanos + prefixNanos + forwardNanos;
    }

    /** Share of the computed tokens that were padding; 0 before the first pass. */
    public double paddingRatio() {
      return computedTokens == 0 ? 0 : 1 - (double) usefulTokens / computedTokens;
    }
  }
}

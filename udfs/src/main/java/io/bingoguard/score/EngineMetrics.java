package io.bingoguard.score;

import java.util.concurrent.atomic.LongAdder;

/** Counts and times of an engine since it was opened. Safe for use by several threads. */
public final class EngineMetrics {
  private final LongAdder tokenizeNanos = new LongAdder();
  private final LongAdder packNanos = new LongAdder();
  private final LongAdder forwardNanos = new LongAdder();
  private final LongAdder prefixNanos = new LongAdder();
  private final LongAdder passes = new LongAdder();
  private final LongAdder requests = new LongAdder();
  private final LongAdder usefulTokens = new LongAdder();
  private final LongAdder computedTokens = new LongAdder();

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

  public Snapshot snapshot() {
    return new Snapshot(
        tokenizeNanos.sum(),
        packNanos.sum(),
        prefixNanos.sum(),
        forwardNanos.sum(),
        passes.sum(),
        requests.sum(),
        usefulTokens.sum(),
        computedTokens.sum());
  }

  /**
   * The counters at one moment.
   *
   * @param tokenizeNanos time spent on rendering and tokenizing, over all threads
   * @param packNanos time spent on choosing and laying out packs
   * @param prefixNanos time spent on computing shared prefixes
   * @param forwardNanos time spent in scoring passes
   * @param passes number of scoring passes
   * @param requests number of requests scored
   * @param usefulTokens tokens of those requests after their shared prefixes
   * @param computedTokens tokens that passes computed, bucket padding included
   */
  public record Snapshot(
      long tokenizeNanos,
      long packNanos,
      long prefixNanos,
      long forwardNanos,
      long passes,
      long requests,
      long usefulTokens,
      long computedTokens) {}
}

package io.bingoguard.bench.gpu;

/**
 * What the cascade came to at one pack size. Shared prefixes are not part of the time: they are
 * computed once a session.
 *
 * @param packTokens most tokens of a pass
 * @param bucket a pass computes a multiple of this many tokens
 * @param exchanges exchanges judged
 * @param requests requests scored
 * @param passes passes made
 * @param seconds wall time from the first pack to the last answer
 * @param forwardSeconds of which passes took
 * @param usefulTokens tokens of the requests behind their prefixes
 * @param computedTokens tokens that passes computed
 * @param flops operations of the passes, see {@link PassFlops}
 * @param prefixSeconds time in which all shared prefixes were computed
 * @param failedPasses passes that failed and were tried again in halves
 * @param differentAnswers answers that differ from those of the first pack size
 * @param peakMib most memory used on the device so far in MiB; -1 where nothing tells
 */
record CascadeFigures(
    int packTokens,
    int bucket,
    long exchanges,
    long requests,
    long passes,
    double seconds,
    double forwardSeconds,
    long usefulTokens,
    long computedTokens,
    double flops,
    double prefixSeconds,
    int failedPasses,
    long differentAnswers,
    long peakMib) {
  double requestsPerSecond() {
    return requests / seconds;
  }

  double flopsPerSecond() {
    return flops / forwardSeconds;
  }
}

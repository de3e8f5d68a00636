package io.bingoguard.score;

import java.util.List;

/**
 * How much goes into one forward pass.
 *
 * @param tokens most tokens in a pass, unless a single request has more
 * @param bucket a pass computes a multiple of this many tokens, so that a device sees few shapes
 * @param attentionCells most cells of a pass's attention scores for one head: requests, times the
 *     longest request, times that with its prefix; a single request may exceed it
 */
public record PackLimits(int tokens, int bucket, long attentionCells) {
  public PackLimits {
    if (tokens < 1 || bucket < 1 || attentionCells < 1) {
      throw new IllegalArgumentException("limits must be positive");
    }
  }

  /** Tokens that a pass computes for the given useful ones. */
  public int padded(int useful) {
    return Math.multiplyExact((useful + bucket - 1) / bucket, bucket);
  }

  /** Cells of the attention scores of a pack, for one head. */
  static long attentionCells(List<ScoreRequest> pack) {
    long longest = pack.stream().mapToInt(ScoreRequest::passTokens).max().orElseThrow();
    return pack.size() * longest * (longest + pack.get(0).prefix().length());
  }
}

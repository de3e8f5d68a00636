package io.bingoguard.review.estimate;

import java.util.List;

/**
 * What reviews say of one stratum.
 *
 * @param messages all its messages, N
 * @param mean mean probability of all of them
 * @param variance variance of these, with divisor N
 * @param reviewed those that were reviewed, drawn at random, at most N
 */
public record StratumReviews(long messages, double mean, double variance, List<Reviewed> reviewed) {
  public StratumReviews {
    reviewed = List.copyOf(reviewed);
    if (reviewed.size() > messages) {
      throw new IllegalArgumentException(
          "%d of %d messages reviewed".formatted(reviewed.size(), messages));
    }
  }

  /**
   * A message that was reviewed.
   *
   * @param outcome what people found, 0 or 1, or between where they differ
   * @param probability what the label expects it to be, in [0, 1]
   */
  public record Reviewed(double outcome, double probability) {}

  int size() {
    return reviewed.size();
  }

  /** 1 - n / N: nothing is uncertain where all messages were reviewed. */
  double unseen() {
    return 1 - (double) size() / messages;
  }

  double meanOutcome() {
    return reviewed.stream().mapToDouble(Reviewed::outcome).average().orElseThrow();
  }

  double meanProbability() {
    return reviewed.stream().mapToDouble(Reviewed::probability).average().orElseThrow();
  }

  /** Variance of outcomes less a multiple of the probabilities, with divisor n - 1. */
  double residualVariance(double lambda) {
    double mean = meanOutcome() - lambda * meanProbability();
    double squares = 0;
    for (Reviewed one : reviewed) {
      double residual = one.outcome() - lambda * one.probability() - mean;
      squares += residual * residual;
    }
    return squares / (size() - 1);
  }

  /** Covariance of outcomes and probabilities, with divisor n - 1. */
  double covariance() {
    double outcome = meanOutcome();
    double probability = meanProbability();
    double products = 0;
    for (Reviewed one : reviewed) {
      products += (one.outcome() - outcome) * (one.probability() - probability);
    }
    return products / (size() - 1);
  }
}

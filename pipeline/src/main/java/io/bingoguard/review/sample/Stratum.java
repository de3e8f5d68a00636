package io.bingoguard.review.sample;

import java.util.Objects;

/**
 * A part of the messages that is sampled by itself.
 *
 * @param name side, verdict, category and bounds of the probability
 * @param messages how many there are
 * @param sampled how many of them are in the sample
 * @param mean mean P(harmful) of all of them
 * @param variance variance of these
 */
public record Stratum(String name, long messages, int sampled, double mean, double variance) {
  public Stratum {
    Objects.requireNonNull(name, "name");
  }

  /** How many messages an item stands for. */
  public double weight() {
    return (double) messages / sampled;
  }

  Stratum sampled(int items) {
    return new Stratum(name, messages, items, mean, variance);
  }
}

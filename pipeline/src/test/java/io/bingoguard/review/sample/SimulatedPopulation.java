package io.bingoguard.review.sample;

import io.bingoguard.review.estimate.StratumReviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;

/** Messages with labels and with what people would say, which is known here. */
final class SimulatedPopulation {
  private static final double[] BOUNDS = {0.02, 0.1, 0.5, 0.9, 1.01};

  private final Map<String, List<StratumReviews.Reviewed>> strata = new TreeMap<>();
  private double harmful;
  private final int messages;

  /**
   * A population whose probabilities are near 0 and 1, as those of guard models are.
   *
   * @param truth how likely a message is harmful whose label has a probability
   */
  SimulatedPopulation(int messages, long seed, DoubleUnaryOperator truth) {
    Random random = new Random(seed);
    for (int i = 0; i < messages; i++) {
      double logit = -3.5 + 3 * random.nextGaussian();
      double probability = 1 / (1 + Math.exp(-logit));
      double outcome = random.nextDouble() < truth.applyAsDouble(probability) ? 1 : 0;
      strata
          .computeIfAbsent(stratum(probability), any -> new ArrayList<>())
          .add(new StratumReviews.Reviewed(outcome, probability));
      harmful += outcome;
    }
    this.messages = messages;
  }

  private static String stratum(double probability) {
    int bin = 0;
    while (probability >= BOUNDS[bin]) {
      bin++;
    }
    return "bin " + bin;
  }

  /** The share that is to be estimated. */
  double share() {
    return harmful / messages;
  }

  /** Reviews of a sample that is drawn as samples are. */
  List<StratumReviews> review(int size, Random random) {
    List<Stratum> all = new ArrayList<>();
    strata.forEach((name, of) -> all.add(new Stratum(name, of.size(), 0, mean(of), variance(of))));
    List<StratumReviews> reviews = new ArrayList<>();
    for (Stratum stratum : Allocation.of(all, size)) {
      List<StratumReviews.Reviewed> whole = strata.get(stratum.name());
      List<StratumReviews.Reviewed> drawn =
          random
              .ints(0, whole.size())
              .distinct()
              .limit(stratum.sampled())
              .mapToObj(whole::get)
              .toList();
      reviews.add(
          new StratumReviews(stratum.messages(), stratum.mean(), stratum.variance(), drawn));
    }
    return reviews;
  }

  private static double mean(List<StratumReviews.Reviewed> messages) {
    return messages.stream()
        .mapToDouble(StratumReviews.Reviewed::probability)
        .average()
        .orElseThrow();
  }

  private static double variance(List<StratumReviews.Reviewed> messages) {
    double mean = mean(messages);
    return messages.stream()
        .mapToDouble(one -> Math.pow(one.probability() - mean, 2))
        .average()
        .orElseThrow();
  }
}

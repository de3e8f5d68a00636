package io.bingoguard.review.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.review.estimate.Estimate;
import io.bingoguard.review.estimate.PredictionPoweredShare;
import io.bingoguard.review.estimate.StratifiedShare;
import io.bingoguard.review.estimate.StratumReviews;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** On populations of which all is known: estimates are right on average, and intervals hold. */
class EstimatesOfSamplesTest {
  private static final int MESSAGES = 20_000;
  private static final int SAMPLES = 600;

  /** How labels and people agree. */
  enum Labels {
    CALIBRATED,
    OVERCONFIDENT,
    MISSING_SOME,
    USELESS;

    /** How likely a message is harmful whose label has a probability. */
    private double truth(double p) {
      return switch (this) {
        case CALIBRATED -> p;
        // Surer than they should be, by half on the scale of logits.
        case OVERCONFIDENT -> 1 / (1 + Math.sqrt((1 - p) / p));
        // One in a hundred messages is harmful whatever the label says.
        case MISSING_SOME -> 0.01 + 0.94 * p;
        // What people say has nothing to do with the label.
        case USELESS -> 0.1;
      };
    }
  }

  @ParameterizedTest
  @EnumSource
  void sharesAreRightOnAverageAndIntervalsCoverThem(Labels labels) {
    SimulatedPopulation population = new SimulatedPopulation(MESSAGES, 7, labels::truth);
    for (int size : List.of(60, 400)) {
      check(population, size, StratifiedShare::of);
      check(population, size, PredictionPoweredShare::of);
    }
  }

  private static void check(
      SimulatedPopulation population,
      int size,
      Function<List<StratumReviews>, Estimate> estimator) {
    List<Estimate> estimates = estimates(population, size, estimator);
    double mean = estimates.stream().mapToDouble(Estimate::value).average().orElseThrow();
    double deviation =
        Math.sqrt(
            estimates.stream()
                .mapToDouble(one -> Math.pow(one.value() - mean, 2))
                .average()
                .orElseThrow());
    long covered =
        estimates.stream()
            .filter(one -> one.low() <= population.share() && population.share() <= one.high())
            .count();

    assertThat(mean)
        .as("mean of %d estimates from %d reviews", SAMPLES, size)
        .isCloseTo(population.share(), within(4 * deviation / Math.sqrt(SAMPLES)));
    assertThat((double) covered / SAMPLES)
        .as("coverage with %d reviews", size)
        .isGreaterThanOrEqualTo(0.93);
  }

  private static List<Estimate> estimates(
      SimulatedPopulation population,
      int size,
      Function<List<StratumReviews>, Estimate> estimator) {
    Random random = new Random(size);
    List<Estimate> estimates = new ArrayList<>();
    for (int sample = 0; sample < SAMPLES; sample++) {
      estimates.add(estimator.apply(population.review(size, random)));
    }
    return estimates;
  }
}

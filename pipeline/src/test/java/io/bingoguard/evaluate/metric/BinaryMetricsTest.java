package io.bingoguard.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class BinaryMetricsTest {
  static Stream<Named<JsonNode>> sets() {
    return Reference.sets("binary");
  }

  @ParameterizedTest
  @MethodSource("sets")
  void agreesWithScikitLearn(JsonNode set) {
    BinaryMetrics metrics = BinaryMetrics.of(Reference.scoredCases(set));

    assertThat(metrics.cases()).isEqualTo(set.get("harmful").size());
    Reference.assertFigures(
        Map.of(
            "accuracy", metrics.accuracy(),
            "precision", metrics.precision(),
            "recall", metrics.recall(),
            "falsePositiveRate", metrics.falsePositiveRate(),
            "f1", metrics.f1(),
            "auprc", metrics.auprc(),
            "averagePrecision", metrics.averagePrecision(),
            "auroc", metrics.auroc()),
        set.get("figures"));
  }

  @Test
  void aurocCountsTiesAsHalf() {
    List<ScoredCase> cases = List.of(scored(true, 0.5), scored(false, 0.5), scored(false, 0.1));

    assertThat(BinaryMetrics.of(cases).auroc()).hasValue(0.75);
  }

  @Test
  void aurocIsTheShareOfWellOrderedPairs() {
    Random random = new Random(1);
    for (int round = 0; round < 50; round++) {
      List<ScoredCase> cases = RandomCases.scored(random, 2 + random.nextInt(80), 12);
      double pairs = 0;
      double ordered = 0;
      for (ScoredCase harmful : cases.stream().filter(ScoredCase::harmful).toList()) {
        for (ScoredCase harmless : cases.stream().filter(one -> !one.harmful()).toList()) {
          pairs++;
          ordered += (1 + Math.signum(probability(harmful) - probability(harmless))) / 2;
        }
      }
      OptionalDouble auroc = BinaryMetrics.of(cases).auroc();
      assertThat(auroc.isPresent()).isEqualTo(pairs > 0);
      if (pairs > 0) {
        assertThat(auroc.getAsDouble()).isCloseTo(ordered / pairs, within(1e-12));
      }
    }
  }

  @Test
  void dependsNeitherOnTheOrderOfCasesNorOnTheScaleOfProbabilities() {
    Random random = new Random(2);
    for (int round = 0; round < 50; round++) {
      List<ScoredCase> cases = RandomCases.scored(random, 1 + random.nextInt(100), 9);
      List<ScoredCase> changed = new ArrayList<>();
      for (ScoredCase one : cases) {
        double squared = probability(one) * probability(one);
        changed.add(new ScoredCase(one.harmful(), OptionalDouble.of(squared), one.called()));
      }
      Collections.shuffle(changed, random);

      assertThat(BinaryMetrics.of(changed)).isEqualTo(BinaryMetrics.of(cases));
    }
  }

  @Test
  void countsCasesWithoutProbabilityInWhatFollowsFromCallsOnly() {
    ScoredCase missed = new ScoredCase(true, OptionalDouble.empty(), false);
    BinaryMetrics metrics =
        BinaryMetrics.of(List.of(scored(true, 0.9), scored(false, 0.2), missed));

    assertThat(metrics.cases()).isEqualTo(3);
    assertThat(metrics.harmful()).isEqualTo(2);
    assertThat(metrics.recall()).hasValue(0.5);
    assertThat(metrics.auroc()).hasValue(1);
    assertThat(metrics.auprc()).hasValue(1);
  }

  @Test
  void leavesOutWhatIsUndefined() {
    OptionalDouble none = OptionalDouble.empty();

    assertThat(BinaryMetrics.of(List.of()))
        .isEqualTo(new BinaryMetrics(0, 0, 0, 0, none, none, none, none, none, none, none, none));
  }

  private static ScoredCase scored(boolean harmful, double probability) {
    return new ScoredCase(harmful, OptionalDouble.of(probability), probability >= 0.5);
  }

  private static double probability(ScoredCase scored) {
    return scored.probability().getAsDouble();
  }
}

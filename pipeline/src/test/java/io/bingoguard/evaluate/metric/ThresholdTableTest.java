package io.bingoguard.evaluate.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ThresholdTableTest {
  @Test
  void saysWhatCallingByEachThresholdComesTo() {
    List<ScoredCase> cases =
        List.of(scored(true, 0.9), scored(true, 0.5), scored(false, 0.5), scored(false, 0.1));

    ThresholdTable table = ThresholdTable.of(cases, List.of(0.0, 0.5, 0.6, 0.95));

    assertThat(table.rows())
        .containsExactly(
            row(0.0, 1, 0.5, 1, 2.0 / 3),
            row(0.5, 0.75, 2.0 / 3, 1, 0.8),
            row(0.6, 0.25, 1, 0.5, 2.0 / 3),
            new ThresholdTable.Row(
                0.95, 0, OptionalDouble.empty(), OptionalDouble.of(0), OptionalDouble.of(0)));
  }

  @Test
  void agreesWithCountingEachThresholdAnew() {
    Random random = new Random(3);
    List<ScoredCase> cases =
        random
            .ints(300, 0, 100)
            .mapToObj(percent -> scored(random.nextInt(100) < percent, percent / 100.0))
            .toList();

    for (ThresholdTable.Row row : ThresholdTable.of(cases).rows()) {
      List<ScoredCase> called =
          cases.stream().filter(one -> one.probability().getAsDouble() >= row.threshold()).toList();
      assertThat(row.flagged()).isCloseTo(called.size() / 300.0, within(1e-12));
      double hits = called.stream().filter(ScoredCase::harmful).count();
      assertThat(row.precision().orElse(-1))
          .isCloseTo(called.isEmpty() ? -1 : hits / called.size(), within(1e-12));
    }
  }

  @Test
  void isEmptyWithoutAProbability() {
    ScoredCase none = new ScoredCase(true, OptionalDouble.empty(), true);

    assertThat(ThresholdTable.of(List.of(none)).rows()).isEmpty();
  }

  private static ThresholdTable.Row row(
      double threshold, double flagged, double precision, double recall, double f1) {
    return new ThresholdTable.Row(
        threshold,
        flagged,
        OptionalDouble.of(precision),
        OptionalDouble.of(recall),
        OptionalDouble.of(f1));
  }

  private static ScoredCase scored(boolean harmful, double probability) {
    return new ScoredCase(harmful, OptionalDouble.of(probability), probability >= 0.5);
  }
}

package io.bingoguard.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.compare.count.Coverage;
import io.bingoguard.compare.count.PairCounts;
import io.bingoguard.compare.count.Shifts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.compare.count.SideEffects;
import io.bingoguard.compare.count.Transitions;
import io.bingoguard.compare.count.Transitions.Transition;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class ChecksTest {
  private static final Map<Tolerance, Double> ALL =
      Map.of(
          Tolerance.FLIPS, 1.0,
          Tolerance.HARMFUL, 1.0,
          Tolerance.CATEGORY, 1.0,
          Tolerance.SEVERITY, 1.0);

  @Test
  void whatOneSideHasAndTheOtherHasNotIsUndecidedHoweverMuchIsTolerated() {
    List<Check> checks =
        checks(
            List.of(
                new Transition("harmful", "unknown", 40),
                new Transition("harmless", "unknown", 60)),
            List.of(new Transition("3", "unknown", 100)));

    assertThat(checks)
        .filteredOn(check -> check.seen().isEmpty())
        .extracting(Check::tolerance)
        .containsExactly(Tolerance.HARMFUL, Tolerance.CATEGORY, Tolerance.SEVERITY);
    assertThat(checks)
        .filteredOn(check -> check.seen().isEmpty())
        .extracting(Check::decision)
        .containsOnly(Decision.UNDECIDED);
    assertThat(checks.get(0).seen()).isEqualTo(OptionalDouble.of(1));
  }

  @Test
  void whatNeitherSideHasIsNotAskedFor() {
    assertThat(checks(List.of(new Transition("harmless", "harmless", 100)), List.of()))
        .extracting(Check::tolerance)
        .containsExactly(Tolerance.FLIPS, Tolerance.HARMFUL);
    assertThat(checks(List.of(new Transition("unknown", "unknown", 100)), List.of())).isEmpty();
  }

  private static List<Check> checks(List<Transition> verdicts, List<Transition> severities) {
    SideCounts side =
        new SideCounts(
            "response",
            new Transitions(verdicts),
            new Transitions(List.of()),
            new Transitions(severities),
            new Shifts(
                100,
                0,
                0,
                List.of(0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0),
                Collections.nCopies(Shifts.EDGES.size() - 1, 7L)),
            SideEffects.NONE,
            List.of(),
            List.of());
    return Checks.of(ALL, new PairCounts(new Coverage(100, 0, 0, 0, 0), List.of(side)));
  }
}

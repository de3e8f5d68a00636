package io.bingoguard.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.LeftOut;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.score.SharedPrefix;
import io.bingoguard.score.TestChoices;
import java.util.List;
import org.junit.jupiter.api.Test;

class ScoreDifferencesTest {
  private static final AnswerChoices CHOICES = TestChoices.safeOrUnsafe();
  private static final int[] LEGAL = CHOICES.legalTokens(0);
  private static final List<ScoreRequest> ONE =
      List.of(new ScoreRequest(SharedPrefix.NONE, new int[] {5}, CHOICES, LeftOut.NONE));

  @Test
  void closeScoresWithTheSameAnswerPass() {
    ScoreDifferences seen = between(scores(-0.1, -2.4, LEGAL[0]), scores(-0.15, -2.1, LEGAL[0]));

    assertThat(seen.greatest()).isCloseTo(0.3, within(1e-9));
    assertThat(seen.different()).isZero();
    assertThat(seen.failed()).isFalse();
  }

  @Test
  void anAnswerThatTurnsWithinThePrecisionIsExplained() {
    ScoreDifferences seen = between(scores(-0.6, -0.8, LEGAL[0]), scores(-0.8, -0.6, LEGAL[1]));

    assertThat(seen.different()).isOne();
    assertThat(seen.unexplained()).isZero();
    assertThat(seen.failed()).isFalse();
  }

  @Test
  void anAnswerThatTurnsAgainstALargeMarginFails() {
    ScoreDifferences seen = between(scores(-0.1, -2.4, LEGAL[0]), scores(-0.1, -2.4, LEGAL[1]));

    assertThat(seen.unexplained()).isOne();
    assertThat(seen.failed()).isTrue();
  }

  @Test
  void anAnswerThatIsNotLegalFailsEvenWithEqualScores() {
    ScoreDifferences seen = between(scores(-0.6, -0.8, LEGAL[0]), scores(-0.6, -0.8, 999_999));

    assertThat(seen.failed()).isTrue();
  }

  @Test
  void distantScoresFailEvenWithTheSameAnswer() {
    assertThat(between(scores(-0.1, -2.4, LEGAL[0]), scores(-0.1, -9, LEGAL[0])).failed()).isTrue();
  }

  @Test
  void aScoreThatIsNoNumberFails() {
    assertThat(between(scores(-0.1, -2.4, LEGAL[0]), scores(-0.1, Double.NaN, LEGAL[0])).failed())
        .isTrue();
  }

  private static ScoreDifferences between(ChoiceScores expected, ChoiceScores seen) {
    return ScoreDifferences.between("test", ONE, List.of(expected), List.of(seen), 0.5);
  }

  private static ChoiceScores scores(double first, double second, int argMax) {
    return new ChoiceScores(
        List.of(new ChoiceScores.StepScores(new double[] {first, second}, argMax, 0)));
  }
}

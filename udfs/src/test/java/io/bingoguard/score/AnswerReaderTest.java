package io.bingoguard.score;

import static io.bingoguard.score.AnswerChoicesTest.id;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Severity;
import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class AnswerReaderTest {
  private static final AnswerChoices BINARY =
      AnswerChoicesTest.choices("safe", "unsafe S1", "unsafe S2");

  @Test
  void probabilityIsSharedAmongLegalAnswersAlone() {
    AnswerReader.Binary read =
        read(
            Map.of(id("safe"), 0.2, id("unsafe"), 0.6),
            Map.of(id("S"), 0.9),
            Map.of(id("1"), 0.1, id("2"), 0.7));

    assertThat(read.verdict()).isPresent();
    assertThat(read.verdict().get().harmful()).isTrue();
    assertThat(read.verdict().get().probability()).isCloseTo(0.75, within(1e-12));
    assertThat(read.verdict().get().category()).map(Category::code).hasValue("unsafe S2");
    assertThat(read.formatConfidence()).isCloseTo(0.8 * 0.9 * 0.8, within(1e-12));
    assertThat(read.offFormat()).isFalse();
  }

  @Test
  void aHarmlessAnswerStillKnowsTheLikeliestCategory() {
    AnswerReader.Binary read =
        read(
            Map.of(id("safe"), 0.7, id("unsafe"), 0.3),
            Map.of(id("S"), 0.9),
            Map.of(id("1"), 0.6, id("2"), 0.2));

    assertThat(read.verdict().orElseThrow().harmful()).isFalse();
    assertThat(read.verdict().orElseThrow().category()).isEmpty();
    assertThat(read.likeliestCategory()).map(Category::code).hasValue("unsafe S1");
    assertThat(read.formatConfidence()).isCloseTo(1.0, within(1e-12));
  }

  @Test
  void aHarmlessAnswerKnowsACategoryEvenWhereTheModelWouldNotNameALegalOne() {
    AnswerReader.Binary read =
        read(
            Map.of(id("safe"), 0.7, id("unsafe"), 0.3),
            Map.of(id("S"), 0.9),
            Map.of(id("1"), 0.1, id("2"), 0.2, 7, 0.7));

    assertThat(read.verdict().orElseThrow().harmful()).isFalse();
    assertThat(read.likeliestCategory()).map(Category::code).hasValue("unsafe S2");
  }

  @Test
  void anIllegalFirstTokenLeavesNoVerdict() {
    AnswerReader.Binary read =
        read(
            Map.of(id("safe"), 0.3, id("unsafe"), 0.2, 7, 0.5),
            Map.of(id("S"), 0.9),
            Map.of(id("1"), 0.6));

    assertThat(read.offFormat()).isTrue();
    assertThat(read.verdict()).isEmpty();
    assertThat(read.formatConfidence()).isCloseTo(0.5, within(1e-12));
  }

  @Test
  void anIllegalTokenInsideTheHeadOrAtTheCategoryLeavesNoVerdict() {
    Map<Integer, Double> unsafe = Map.of(id("safe"), 0.1, id("unsafe"), 0.9);
    AnswerReader.Binary inHead = read(unsafe, Map.of(id("S"), 0.3, 7, 0.7), Map.of(id("1"), 0.9));
    AnswerReader.Binary atCategory =
        read(unsafe, Map.of(id("S"), 0.9), Map.of(id("1"), 0.3, id("2"), 0.1, 7, 0.6));

    for (AnswerReader.Binary read : List.of(inHead, atCategory)) {
      assertThat(read.offFormat()).isTrue();
      assertThat(read.verdict()).isEmpty();
      assertThat(read.likeliestCategory()).isEmpty();
    }
  }

  @Test
  void severityHasAProbabilityForEachLevelInOrder() {
    List<Answer> levels =
        IntStream.range(0, Severity.LEVELS)
            .mapToObj(level -> new Answer("L" + level, new AnswerMeaning.Level(level)))
            .toList();
    AnswerChoices choices =
        AnswerChoices.of(GuardTask.SEVERITY, levels, AnswerChoicesTest::tokenize);
    Map<Integer, Double> last =
        Map.of(id("0"), 0.05, id("1"), 0.05, id("2"), 0.1, id("3"), 0.2, id("4"), 0.1, 7, 0.0);

    AnswerReader.Level read =
        new AnswerReader(choices, scores(choices, List.of(Map.of(id("L"), 1.0), last))).level();

    assertThat(read.severity().orElseThrow().level()).isEqualTo(3);
    assertThat(read.severity().orElseThrow().probabilities())
        .usingComparatorForType((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : 1, Double.class)
        .containsExactly(0.1, 0.1, 0.2, 0.4, 0.2);
    assertThat(read.severity().orElseThrow().score()).isCloseTo(2.5, within(1e-12));
  }

  private static AnswerReader.Binary read(
      Map<Integer, Double> first, Map<Integer, Double> second, Map<Integer, Double> third) {
    return new AnswerReader(BINARY, scores(BINARY, List.of(first, second, third))).binary();
  }

  /** Scores of a model that gives these probabilities at each step. */
  private static ChoiceScores scores(AnswerChoices choices, List<Map<Integer, Double>> steps) {
    List<ChoiceScores.StepScores> scores = new ArrayList<>();
    for (int step = 0; step < choices.steps(); step++) {
      Map<Integer, Double> probabilities = steps.get(step);
      double[] logProbs =
          Arrays.stream(choices.legalTokens(step))
              .mapToDouble(token -> Math.log(probabilities.getOrDefault(token, 0.0)))
              .toArray();
      int argMax =
          probabilities.entrySet().stream()
              .max(Map.Entry.comparingByValue())
              .orElseThrow()
              .getKey();
      scores.add(new ChoiceScores.StepScores(logProbs, argMax, 0));
    }
    return new ChoiceScores(scores);
  }
}

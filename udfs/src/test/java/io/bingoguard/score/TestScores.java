package io.bingoguard.score;

import io.bingoguard.prompt.AnswerMeaning;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;

/** Scores by which a model says what a test wants it to say. */
final class TestScores {
  private static final int ILLEGAL = Integer.MAX_VALUE;
  private static final double LIKELY = 0.9;

  private TestScores() {}

  /** The first answer along the head that is wanted, at each choice with a probability of 0.9. */
  static ChoiceScores saying(AnswerChoices choices, Predicate<AnswerMeaning> wanted) {
    List<ChoiceScores.StepScores> steps = new ArrayList<>();
    for (int step = 0; step < choices.steps(); step++) {
      int at = step;
      int[] legal = choices.legalTokens(step);
      int said =
          Arrays.stream(legal)
              .filter(token -> choices.meaning(at, token).filter(wanted).isPresent())
              .findFirst()
              .orElseGet(() -> onHead(choices, at));
      steps.add(new ChoiceScores.StepScores(logProbs(legal, said), said, 0));
    }
    return new ChoiceScores(steps);
  }

  /** None of the legal answers. */
  static ChoiceScores offFormat(AnswerChoices choices) {
    List<ChoiceScores.StepScores> steps = new ArrayList<>();
    for (int step = 0; step < choices.steps(); step++) {
      int[] legal = choices.legalTokens(step);
      steps.add(new ChoiceScores.StepScores(logProbs(legal, legal[0]), ILLEGAL, 0));
    }
    return new ChoiceScores(steps);
  }

  private static int onHead(AnswerChoices choices, int step) {
    int[] legal = choices.legalTokens(step);
    return Arrays.stream(legal)
        .filter(token -> choices.staysOnHead(step, token))
        .findFirst()
        .orElse(legal[0]);
  }

  private static double[] logProbs(int[] legal, int likely) {
    double other = legal.length == 1 ? 0 : (1 - LIKELY) / (legal.length - 1);
    return Arrays.stream(legal)
        .mapToDouble(token -> Math.log(token == likely ? LIKELY : other))
        .toArray();
  }

  /** Whether an answer is what a model says that knows the text to be harmful, and how severe. */
  static Predicate<AnswerMeaning> harmful(int level) {
    return meaning ->
        meaning instanceof AnswerMeaning.Harmful || meaning.equals(new AnswerMeaning.Level(level));
  }

  static Predicate<AnswerMeaning> harmless() {
    return meaning ->
        meaning instanceof AnswerMeaning.Harmless || meaning.equals(new AnswerMeaning.Level(0));
  }
}

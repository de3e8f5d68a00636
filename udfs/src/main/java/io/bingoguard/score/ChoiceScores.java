package io.bingoguard.score;

import java.util.List;

/**
 * What the model says at each step of a request's answer.
 *
 * @param steps one entry a step, in order
 */
public record ChoiceScores(List<StepScores> steps) {
  public ChoiceScores {
    steps = List.copyOf(steps);
  }

  /**
   * One step.
   *
   * @param logProbs log-probability over the whole vocabulary of each legal token, in the order of
   *     {@link AnswerChoices#legalTokens}
   * @param argMax most likely token of the whole vocabulary
   * @param logSumExp log-sum-exp of the logits
   */
  public record StepScores(double[] logProbs, int argMax, double logSumExp) {}
}

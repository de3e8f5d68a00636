package io.bingoguard.bench.gpu;

import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.ScoreRequest;
import java.util.List;

/**
 * How far two ways to score the same requests are apart.
 *
 * @param compared what was compared with what
 * @param requests number of requests
 * @param greatest greatest difference of a legal token's log-probability
 * @param different answers that differ
 * @param unexplained of which a difference of the allowed size in each log-probability would not
 *     have turned the choice, or which leave the legal answers
 * @param allowed the difference that precision explains
 */
record ScoreDifferences(
    String compared,
    int requests,
    double greatest,
    int different,
    int unexplained,
    double allowed) {
  /** Whether precision does not explain what was seen. */
  boolean failed() {
    return unexplained > 0 || !(greatest <= allowed);
  }

  /**
   * Compares scores.
   *
   * @param expected the more precise scores, one for each request
   * @param seen the others, in the same order
   */
  static ScoreDifferences between(
      String compared,
      List<ScoreRequest> requests,
      List<ChoiceScores> expected,
      List<ChoiceScores> seen,
      double allowed) {
    double greatest = 0;
    int different = 0;
    int unexplained = 0;
    for (int i = 0; i < requests.size(); i++) {
      AnswerChoices choices = requests.get(i).choices();
      boolean same = true;
      boolean explained = true;
      for (int step = 0; step < choices.steps(); step++) {
        ChoiceScores.StepScores one = expected.get(i).steps().get(step);
        ChoiceScores.StepScores other = seen.get(i).steps().get(step);
        for (int token = 0; token < one.logProbs().length; token++) {
          greatest = Math.max(greatest, Math.abs(one.logProbs()[token] - other.logProbs()[token]));
        }
        if (same && one.argMax() != other.argMax()) {
          same = false;
          explained = margin(choices.legalTokens(step), one, other.argMax()) <= 2 * allowed;
        }
        if (!choices.staysOnHead(step, one.argMax())) {
          break;
        }
      }
      different += same ? 0 : 1;
      unexplained += explained ? 0 : 1;
    }
    return new ScoreDifferences(
        compared, requests.size(), greatest, different, unexplained, allowed);
  }

  /** By how much the expected choice leads over another token; infinite if that is not legal. */
  private static double margin(int[] legal, ChoiceScores.StepScores expected, int other) {
    double most = Double.NEGATIVE_INFINITY;
    double others = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < legal.length; i++) {
      most = legal[i] == expected.argMax() ? expected.logProbs()[i] : most;
      others = legal[i] == other ? expected.logProbs()[i] : others;
    }
    return others == Double.NEGATIVE_INFINITY || most == Double.NEGATIVE_INFINITY
        ? Double.POSITIVE_INFINITY
        : most - others;
  }
}

package io.bingoguard.score;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Question;
import io.bingoguard.prompt.AnswerMeaning;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * A question, what was sent for it, and what the model said.
 *
 * @param question what was asked
 * @param request the tokens that were sent
 * @param scores what came back
 */
public record ScoredQuestion(Question question, ScoreRequest request, ChoiceScores scores) {
  public ScoredQuestion {
    Objects.requireNonNull(question, "question");
    Objects.requireNonNull(request, "request");
    Objects.requireNonNull(scores, "scores");
  }

  /** What greedy decoding would have answered; absent when that is off format. */
  public Optional<AnswerMeaning> meaning() {
    return reader().greedy().meaning();
  }

  /** Probability mass on legal answers. */
  public double formatConfidence() {
    return reader().greedy().formatConfidence();
  }

  /** Probability of each answer among the legal ones. */
  public Map<AnswerMeaning, Double> probabilities() {
    return reader().probabilities();
  }

  /** Of a binary task, the most likely category if harmful; absent when off format. */
  public Optional<Category> likeliestCategory() {
    return reader().binary().likeliestCategory();
  }

  private AnswerReader reader() {
    return new AnswerReader(request.choices(), scores);
  }
}

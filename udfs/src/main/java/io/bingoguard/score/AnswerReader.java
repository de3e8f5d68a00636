package io.bingoguard.score;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import io.bingoguard.prompt.AnswerMeaning;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads what greedy decoding would have answered, and the answers' probabilities, from scores. */
public final class AnswerReader {
  /**
   * What a binary task says.
   *
   * @param verdict absent when off format
   * @param likeliestCategory most likely category if harmful, whatever the verdict: the one that
   *     greedy decoding would name, or else the most probable legal one; absent when off format
   * @param offFormat whether greedy decoding left the legal answers
   * @param formatConfidence probability mass on legal tokens along the answer
   */
  public record Binary(
      Optional<Verdict> verdict,
      Optional<Category> likeliestCategory,
      boolean offFormat,
      double formatConfidence) {}

  /**
   * What the severity task says.
   *
   * @param severity absent when off format
   */
  public record Level(Optional<Severity> severity, double formatConfidence) {}

  /**
   * The answer of greedy decoding.
   *
   * @param meaning absent when off format
   * @param formatConfidence probability mass on legal tokens along the answer
   */
  public record Greedy(Optional<AnswerMeaning> meaning, double formatConfidence) {}

  private final AnswerChoices choices;
  private final ChoiceScores scores;

  public AnswerReader(AnswerChoices choices, ChoiceScores scores) {
    this.choices = choices;
    this.scores = scores;
  }

  /** Reads the answer to a binary task. */
  public Binary binary() {
    Map<AnswerMeaning, Double> probabilities = probabilities();
    double sum = 0;
    for (Map.Entry<AnswerMeaning, Double> answer : probabilities.entrySet()) {
      if (answer.getKey() instanceof AnswerMeaning.Harmful) {
        sum += answer.getValue();
      }
    }
    double harmful = Math.min(1, Math.max(0, sum));
    Greedy greedy = greedy();
    return new Binary(
        greedy.meaning().map(meaning -> verdict(meaning, harmful)),
        greedy.meaning().flatMap(legal -> likeliestCategory(probabilities)),
        greedy.meaning().isEmpty(),
        greedy.formatConfidence());
  }

  private static Verdict verdict(AnswerMeaning meaning, double harmful) {
    return meaning instanceof AnswerMeaning.Harmful named
        ? new Verdict(true, harmful, Optional.of(named.category()))
        : new Verdict(false, harmful, Optional.empty());
  }

  /** Reads the answer to the severity task. */
  public Level level() {
    Greedy greedy = greedy();
    if (greedy.meaning().isEmpty()) {
      return new Level(Optional.empty(), greedy.formatConfidence());
    }
    List<Double> levels = new ArrayList<>(Collections.nCopies(Severity.LEVELS, 0.0));
    probabilities().forEach((meaning, p) -> levels.set(((AnswerMeaning.Level) meaning).level(), p));
    int level = ((AnswerMeaning.Level) greedy.meaning().get()).level();
    return new Level(Optional.of(new Severity(level, levels)), greedy.formatConfidence());
  }

  /** What greedy decoding would have answered. */
  public Greedy greedy() {
    double confidence = 1;
    for (int step = 0; step < choices.steps(); step++) {
      ChoiceScores.StepScores seen = scores.steps().get(step);
      confidence *= legalMass(step);
      AnswerMeaning left = choices.leaving(step).get(seen.argMax());
      if (left != null) {
        return new Greedy(Optional.of(left), confidence);
      }
      if (!choices.staysOnHead(step, seen.argMax())) {
        return new Greedy(Optional.empty(), confidence);
      }
    }
    throw new IllegalStateException("the last step leaves the head with every legal token");
  }

  private Optional<Category> likeliestCategory(Map<AnswerMeaning, Double> probabilities) {
    return greedyCategory()
        .or(
            () ->
                probabilities.entrySet().stream()
                    .filter(answer -> answer.getKey() instanceof AnswerMeaning.Harmful)
                    .max(Map.Entry.comparingByValue())
                    .map(answer -> ((AnswerMeaning.Harmful) answer.getKey()).category()));
  }

  /** What greedy decoding says from the first step on at which only harmful answers can follow. */
  private Optional<Category> greedyCategory() {
    int first = 0;
    while (first < choices.steps() && !choices.onlyLeadsTo(AnswerMeaning.Harmful.class, first)) {
      first++;
    }
    for (int step = first; step < choices.steps(); step++) {
      int argMax = scores.steps().get(step).argMax();
      AnswerMeaning left = choices.leaving(step).get(argMax);
      if (left instanceof AnswerMeaning.Harmful named) {
        return Optional.of(named.category());
      }
      if (!choices.staysOnHead(step, argMax)) {
        return Optional.empty();
      }
    }
    return Optional.empty();
  }

  /** Probability of each answer among the legal ones. */
  public Map<AnswerMeaning, Double> probabilities() {
    Map<AnswerMeaning, Double> probabilities = new HashMap<>();
    double reached = 1;
    for (int step = 0; step < choices.steps(); step++) {
      int[] legal = choices.legalTokens(step);
      double[] logProbs = scores.steps().get(step).logProbs();
      double most = Double.NEGATIVE_INFINITY;
      for (double logProb : logProbs) {
        most = Math.max(most, logProb);
      }
      double sum = 0;
      for (double logProb : logProbs) {
        sum += Math.exp(logProb - most);
      }
      double onHead = 0;
      for (int i = 0; i < legal.length; i++) {
        double probability = reached * Math.exp(logProbs[i] - most) / sum;
        AnswerMeaning left = choices.leaving(step).get(legal[i]);
        if (left == null) {
          onHead = probability;
        } else {
          probabilities.put(left, probability);
        }
      }
      reached = onHead;
    }
    return probabilities;
  }

  private double legalMass(int step) {
    double mass = 0;
    for (double logProb : scores.steps().get(step).logProbs()) {
      mass += Math.exp(logProb);
    }
    return Math.min(1, mass);
  }
}

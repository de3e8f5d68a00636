package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;

/** Answers at random: legally, off format, or not at all; the same request always the same. */
final class RandomScorer implements RequestScorer {
  private final RequestFactory requests;
  private final Random random;
  private final Map<ScoreRequest, Optional<ChoiceScores>> answers = new HashMap<>();
  private final Map<Question, ScoreRequest> made = new HashMap<>();

  RandomScorer(RequestFactory requests, Random random) {
    this.requests = requests;
    this.random = random;
  }

  @Override
  public List<CompletableFuture<ChoiceScores>> submit(List<ScoreRequest> asked) {
    return asked.stream()
        .map(
            request ->
                answers
                    .computeIfAbsent(request, this::drawn)
                    .map(CompletableFuture::completedFuture)
                    .orElseGet(
                        () ->
                            CompletableFuture.failedFuture(
                                ErrorCode.DEVICE_FAILED.error("made up"))))
        .toList();
  }

  /** The request of a question, made once. */
  ScoreRequest request(Question question) {
    return made.computeIfAbsent(question, requests::request);
  }

  /** What was said; absent when the pass failed. */
  Optional<ChoiceScores> answer(ScoreRequest request) {
    return answers.get(request);
  }

  private Optional<ChoiceScores> drawn(ScoreRequest request) {
    if (random.nextInt(8) == 0) {
      return Optional.empty();
    }
    List<ChoiceScores.StepScores> steps = new ArrayList<>();
    for (int step = 0; step < request.choices().steps(); step++) {
      steps.add(step(request.choices().legalTokens(step)));
    }
    return Optional.of(new ChoiceScores(steps));
  }

  private ChoiceScores.StepScores step(int[] legal) {
    double[] weights = random.doubles(legal.length, 0.01, 1).toArray();
    double illegal = random.nextInt(20) == 0 ? 2 : 0.001;
    double all = Arrays.stream(weights).sum() + illegal;
    int likeliest = 0;
    for (int i = 1; i < legal.length; i++) {
      likeliest = weights[i] > weights[likeliest] ? i : likeliest;
    }
    int argMax = illegal > 1 ? illegal(legal) : legal[likeliest];
    return new ChoiceScores.StepScores(
        Arrays.stream(weights).map(weight -> Math.log(weight / all)).toArray(), argMax, 0);
  }

  private static int illegal(int[] legal) {
    int token = 0;
    while (contains(legal, token)) {
      token++;
    }
    return token;
  }

  private static boolean contains(int[] tokens, int token) {
    return Arrays.stream(tokens).anyMatch(known -> known == token);
  }
}

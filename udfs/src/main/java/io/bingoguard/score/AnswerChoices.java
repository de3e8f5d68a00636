package io.bingoguard.score;

import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A task's legal answers as token choices along one forced answer head.
 *
 * <p>The answers form a tree of tokens. Every place where they branch must lie on one path, the
 * head, so that the prompt followed by the head shows in one forward pass what greedy decoding
 * would have seen at every choice: at step i the context is the prompt and the first i tokens of
 * the head.
 */
public final class AnswerChoices {
  /**
   * The legal tokens at one step.
   *
   * @param leaving answers that leave the head here, by the token with which they do
   */
  private record Step(Map<Integer, AnswerMeaning> leaving) {}

  private final int[] head;
  private final List<Step> steps;
  private final List<int[]> legalTokens;

  private AnswerChoices(int[] head, List<Step> steps) {
    this.head = head;
    this.steps = List.copyOf(steps);
    this.legalTokens = new ArrayList<>();
    for (int i = 0; i < steps.size(); i++) {
      Set<Integer> legal = new HashSet<>(steps.get(i).leaving().keySet());
      if (i < head.length) {
        legal.add(head[i]);
      }
      legalTokens.add(legal.stream().mapToInt(Integer::intValue).sorted().toArray());
    }
  }

  /**
   * Finds the choices among the answers.
   *
   * @param task the task, for errors
   * @param tokenize how an answer is tokenized
   * @throws io.bingoguard.guard.GuardException {@code ANSWERS_AMBIGUOUS} when one answer's tokens
   *     begin another's, or when the answers branch off more than one path
   */
  public static AnswerChoices of(
      GuardTask task, List<Answer> answers, Function<String, int[]> tokenize) {
    Map<Answer, int[]> remaining = new HashMap<>();
    for (Answer answer : answers) {
      remaining.put(answer, tokenize.apply(answer.text()));
    }
    List<Integer> head = new ArrayList<>();
    List<Step> steps = new ArrayList<>();
    while (remaining.size() > 1) {
      int depth = head.size();
      Map<Integer, Map<Answer, int[]>> byToken = new HashMap<>();
      remaining.forEach(
          (answer, tokens) -> {
            if (tokens.length <= depth) {
              throw ScoreErrors.answerBeginsAnother(task, answer.text());
            }
            byToken.computeIfAbsent(tokens[depth], t -> new HashMap<>()).put(answer, tokens);
          });
      Map<Integer, AnswerMeaning> leaving = new HashMap<>();
      Map<Answer, int[]> staying = Map.of();
      for (Map.Entry<Integer, Map<Answer, int[]>> branch : byToken.entrySet()) {
        if (branch.getValue().size() == 1) {
          leaving.put(branch.getKey(), branch.getValue().keySet().iterator().next().meaning());
        } else if (staying.isEmpty()) {
          staying = branch.getValue();
          head.add(branch.getKey());
        } else {
          throw ScoreErrors.answersBranchTwice(task);
        }
      }
      steps.add(new Step(leaving));
      remaining = staying;
    }
    return new AnswerChoices(head.stream().mapToInt(Integer::intValue).toArray(), steps);
  }

  /** The forced tokens that follow the prompt. */
  public int[] head() {
    return head.clone();
  }

  /** Number of steps at which a token is chosen or forced: one more than the head is long. */
  public int steps() {
    return steps.size();
  }

  /** Legal tokens at a step, ascending. */
  public int[] legalTokens(int step) {
    return legalTokens.get(step).clone();
  }

  /** What the answer says that leaves the head at a step with a token, if one does. */
  public Optional<AnswerMeaning> meaning(int step, int token) {
    return Optional.ofNullable(steps.get(step).leaving().get(token));
  }

  /** What written tokens say; absent when they are no legal answer. */
  public Optional<AnswerMeaning> meaning(int[] written) {
    for (int step = 0; step < written.length; step++) {
      Optional<AnswerMeaning> meaning = meaning(step, written[step]);
      if (meaning.isPresent() || !staysOnHead(step, written[step])) {
        return meaning;
      }
    }
    return Optional.empty();
  }

  /** Answers that leave the head at a step, by token. */
  Map<Integer, AnswerMeaning> leaving(int step) {
    return steps.get(step).leaving();
  }

  /** Whether going on along the head after this step is what the token says. */
  public boolean staysOnHead(int step, int token) {
    return step < head.length && head[step] == token;
  }

  /** Whether every answer that can still be given after this many steps is of the type. */
  boolean onlyLeadsTo(Class<? extends AnswerMeaning> type, int step) {
    return steps.subList(step, steps.size()).stream()
        .flatMap(later -> later.leaving().values().stream())
        .allMatch(type::isInstance);
  }
}

package io.bingoguard.checkpoint;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Which tokens may follow which: what a planted checkpoint knows of its answers. A rule looks at
 * one token alone, so each task's prompt must end with a token that tells its answers apart.
 *
 * @param rules no token is in the {@code from} of two rules
 */
public record AnswerGrammar(List<Rule> rules) {
  /**
   * After any of {@code from}, one of {@code to}.
   *
   * @param from token ids, ascending
   * @param to token ids, ascending
   */
  public record Rule(List<Integer> from, List<Integer> to) {
    public Rule {
      from = List.copyOf(from);
      to = List.copyOf(to);
      if (from.isEmpty() || to.isEmpty()) {
        throw new IllegalArgumentException("A rule needs tokens on both sides");
      }
    }

    /** Whether the model has something to decide here. */
    public boolean isChoice() {
      return to.size() > 1;
    }
  }

  public AnswerGrammar {
    rules = List.copyOf(rules);
  }

  /**
   * The grammar of whole answers.
   *
   * @param sequences for each answer: the prompt's last token, the answer's tokens, the end token
   */
  public static AnswerGrammar ofSequences(List<List<Integer>> sequences) {
    Map<Integer, TreeSet<Integer>> next = new TreeMap<>();
    for (List<Integer> sequence : sequences) {
      for (int i = 0; i + 1 < sequence.size(); i++) {
        next.computeIfAbsent(sequence.get(i), token -> new TreeSet<>()).add(sequence.get(i + 1));
      }
    }
    Map<List<Integer>, List<Integer>> fromByTo = new LinkedHashMap<>();
    next.forEach(
        (from, to) ->
            fromByTo.computeIfAbsent(List.copyOf(to), key -> new ArrayList<>()).add(from));
    return new AnswerGrammar(
        fromByTo.entrySet().stream()
            .map(entry -> new Rule(entry.getValue(), entry.getKey()))
            .sorted(Comparator.comparing(rule -> rule.from().get(0)))
            .toList());
  }
}

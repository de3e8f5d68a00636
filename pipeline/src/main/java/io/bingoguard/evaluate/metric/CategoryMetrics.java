package io.bingoguard.evaluate.metric;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How good categories are. All shares are in [0, 1]; one that is undefined is empty. Every case
 * counts for precision and recall: a category given to a case that has none is a false alarm, one
 * not given is a miss. Leave cases without a true category out beforehand where the figures are to
 * be about naming the category alone.
 *
 * @param cases number of cases
 * @param withGold number of cases that have a true category
 * @param accuracy share of the cases with a true category that were given it
 * @param accuracyOfJudged the same among those that were given a category
 * @param macroF1 mean F1 of {@code categories}, scikit-learn's {@code f1_score(average="macro")}
 *     over these labels
 * @param categories the figures of each category that is true or judged in some case, shorter codes
 *     first, then in alphabetical order (S2 before S10)
 * @param mistaken which true categories were taken for which others, most frequent first
 */
public record CategoryMetrics(
    long cases,
    long withGold,
    OptionalDouble accuracy,
    OptionalDouble accuracyOfJudged,
    OptionalDouble macroF1,
    List<Score> categories,
    List<Mistaken> mistaken) {
  public CategoryMetrics {
    Checks.part("withGold", withGold, cases);
    Checks.share("accuracy", accuracy);
    Checks.share("accuracyOfJudged", accuracyOfJudged);
    Checks.share("macroF1", macroF1);
    categories = List.copyOf(categories);
    mistaken = List.copyOf(mistaken);
  }

  /**
   * A true category that was not given.
   *
   * @param gold code of the true one
   * @param given code of the one that was given; empty when the case was given none
   */
  public record Mistake(String gold, Optional<String> given) {
    public Mistake {
      Checks.code("gold", gold);
      Checks.code("given", given);
      if (given.equals(Optional.of(gold))) {
        throw new IllegalArgumentException("no mistake: " + gold);
      }
    }
  }

  /**
   * How often a mistake was made.
   *
   * @param cases number of cases, at least 1
   */
  public record Mistaken(Mistake mistake, long cases) {
    public Mistaken {
      Objects.requireNonNull(mistake, "mistake");
      if (cases < 1) {
        throw new IllegalArgumentException("a mistake that was not made: " + mistake);
      }
    }
  }

  /**
   * The figures of one category.
   *
   * @param code its code
   * @param support number of cases that have it
   * @param precision share of the cases given it that have it; empty when none was given it
   * @param recall share of the cases that have it which were given it; empty when none has it
   * @param f1 harmonic mean of both; 0 without a hit
   */
  public record Score(
      String code, long support, OptionalDouble precision, OptionalDouble recall, double f1) {
    public Score {
      Checks.code("score", code);
      Checks.count("support", support);
      Checks.share("precision", precision);
      Checks.share("recall", recall);
      Checks.share("f1", f1);
    }
  }

  /** The figures of these cases. */
  public static CategoryMetrics of(List<CategorizedCase> cases) {
    CategoryCounts counts = new CategoryCounts(cases);
    List<Score> scores = counts.scores();
    return new CategoryMetrics(
        cases.size(),
        counts.withGold(),
        counts.accuracy(),
        counts.accuracyOfJudged(),
        scores.stream().mapToDouble(Score::f1).average(),
        scores,
        counts.mistaken());
  }
}

package io.bingoguard.evaluate.metric;

import java.util.Comparator;
import java.util.List;
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
 */
public record CategoryMetrics(
    long cases,
    long withGold,
    OptionalDouble accuracy,
    OptionalDouble accuracyOfJudged,
    OptionalDouble macroF1,
    List<Score> categories) {
  /** Shorter codes first, so that S2 comes before S10. */
  public static final Comparator<String> CODE_ORDER =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  public CategoryMetrics {
    Checks.part("withGold", withGold, cases);
    Checks.share("accuracy", accuracy);
    Checks.share("accuracyOfJudged", accuracyOfJudged);
    Checks.share("macroF1", macroF1);
    categories = List.copyOf(categories);
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
        scores);
  }
}

package io.bingoguard.evaluate.metric;

import java.util.List;
import java.util.OptionalDouble;

/**
 * What thresholds of one's own would come to, over the cases that have a probability.
 *
 * @param rows one for each threshold, ascending; without a row when no case has a probability
 */
public record ThresholdTable(List<Row> rows) {
  /** The thresholds when none are given. */
  public static final List<Double> USUAL =
      List.of(0.01, 0.05, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99);

  public ThresholdTable {
    rows = List.copyOf(rows);
  }

  /**
   * Calling every case harmful with at least a probability.
   *
   * @param threshold the probability
   * @param flagged share of the cases that are called harmful
   * @param precision share of the called cases that are harmful; empty when none is called
   * @param recall share of the harmful cases that are called; empty when none is harmful
   * @param f1 harmonic mean of both; 0 without a hit, empty when no case is harmful and none called
   */
  public record Row(
      double threshold,
      double flagged,
      OptionalDouble precision,
      OptionalDouble recall,
      OptionalDouble f1) {
    public Row {
      Checks.share("threshold", threshold);
      Checks.share("flagged", flagged);
      Checks.share("precision", precision);
      Checks.share("recall", recall);
      Checks.share("f1", f1);
    }
  }

  /** The table of the {@link #USUAL} thresholds. */
  public static ThresholdTable of(List<ScoredCase> cases) {
    return of(cases, USUAL);
  }

  /**
   * The table of some thresholds.
   *
   * @param thresholds in [0, 1], ascending
   */
  static ThresholdTable of(List<ScoredCase> cases, List<Double> thresholds) {
    Ranking ranking = Ranking.of(cases);
    return new ThresholdTable(
        ranking.steps() == 0
            ? List.of()
            : thresholds.stream().map(threshold -> row(ranking, threshold)).toList());
  }

  private static Row row(Ranking ranking, double threshold) {
    int last = -1;
    while (last + 1 < ranking.steps() && ranking.threshold(last + 1) >= threshold) {
      last++;
    }
    long called = ranking.hits(last) + ranking.falseAlarms(last);
    ClassTally tally = new ClassTally(ranking.harmful(), called, ranking.hits(last));
    return new Row(
        threshold,
        (double) called / (ranking.harmful() + ranking.harmless()),
        tally.precision(),
        tally.recall(),
        tally.f1());
  }
}

package io.bingoguard.evaluate.metric;

import java.util.List;
import java.util.OptionalDouble;

/**
 * How good yes-or-no judgements are. All shares and areas are in [0, 1]; one that is undefined is
 * empty. Those up to {@code f1} are about what the judge called harmful, over all cases; the areas
 * are about its probabilities, over the cases that have one. Definitions are scikit-learn's.
 *
 * @param cases number of cases
 * @param harmful number of cases that are harmful
 * @param called number of cases called harmful
 * @param hits number of harmful cases called harmful
 * @param accuracy share of the cases called what they are
 * @param precision share of the cases called harmful that are
 * @param recall share of the harmful cases called harmful
 * @param falsePositiveRate share of the harmless cases called harmful
 * @param f1 harmonic mean of precision and recall; 0 without a hit, empty only when no case is
 *     harmful and none is called so
 * @param auprc area under the precision-recall curve by the trapezoidal rule, {@code auc(recall,
 *     precision)} on {@code precision_recall_curve}
 * @param averagePrecision the same area by steps, {@code average_precision_score}
 * @param auroc area under the ROC curve, ties counting half, {@code roc_auc_score}
 */
public record BinaryMetrics(
    long cases,
    long harmful,
    long called,
    long hits,
    OptionalDouble accuracy,
    OptionalDouble precision,
    OptionalDouble recall,
    OptionalDouble falsePositiveRate,
    OptionalDouble f1,
    OptionalDouble auprc,
    OptionalDouble averagePrecision,
    OptionalDouble auroc) {
  public BinaryMetrics {
    Checks.part("harmful", harmful, cases);
    Checks.part("called", called, cases);
    Checks.part("hits", hits, Math.min(harmful, called));
    Checks.share("accuracy", accuracy);
    Checks.share("precision", precision);
    Checks.share("recall", recall);
    Checks.share("falsePositiveRate", falsePositiveRate);
    Checks.share("f1", f1);
    Checks.share("auprc", auprc);
    Checks.share("averagePrecision", averagePrecision);
    Checks.share("auroc", auroc);
  }

  /** Number of cases that are not harmful. */
  public long harmless() {
    return cases - harmful;
  }

  /** Number of harmless cases called harmful. */
  public long falseAlarms() {
    return called - hits;
  }

  /** Number of harmful cases called harmless. */
  public long missed() {
    return harmful - hits;
  }

  /** Number of cases called what they are not. */
  public long wrong() {
    return falseAlarms() + missed();
  }

  /** The figures of these cases, in O(n log n). */
  public static BinaryMetrics of(List<ScoredCase> cases) {
    long harmful = 0;
    long called = 0;
    long hits = 0;
    for (ScoredCase scored : cases) {
      harmful += scored.harmful() ? 1 : 0;
      called += scored.called() ? 1 : 0;
      hits += scored.harmful() && scored.called() ? 1 : 0;
    }
    ClassTally tally = new ClassTally(harmful, called, hits);
    long falseAlarms = called - hits;
    long harmless = cases.size() - harmful;
    Ranking ranking = Ranking.of(cases);
    return new BinaryMetrics(
        cases.size(),
        harmful,
        called,
        hits,
        Ratio.of(hits + harmless - falseAlarms, cases.size()),
        tally.precision(),
        tally.recall(),
        Ratio.of(falseAlarms, harmless),
        tally.f1(),
        CurveAreas.trapezoidalPrecisionRecall(ranking),
        CurveAreas.averagePrecision(ranking),
        CurveAreas.roc(ranking));
  }
}

package io.bingoguard.evaluate;

import io.bingoguard.evaluate.SeverityEvaluation.CategorySource;
import io.bingoguard.evaluate.dataset.GoldCase;
import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.Bootstrap;
import io.bingoguard.evaluate.metric.Calibration;
import io.bingoguard.evaluate.metric.CategorizedCase;
import io.bingoguard.evaluate.metric.CategoryMetrics;
import io.bingoguard.evaluate.metric.CategoryOrder;
import io.bingoguard.evaluate.metric.CurvePoints;
import io.bingoguard.evaluate.metric.GradedCase;
import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.ScoredCase;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import io.bingoguard.evaluate.metric.ThresholdChoice;
import io.bingoguard.evaluate.metric.ThresholdTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** Compares judgements with gold labels. */
public final class Evaluator {
  private static final long SEED = 20_250_101;
  private static final double LEVEL = 0.95;
  private static final int PLOTTED_POINTS = 200;

  private final List<GoldCase> cases;
  private final List<Judged> judged;
  private final EvaluationOptions options;

  /**
   * An evaluator.
   *
   * @param cases the gold labels
   * @param judged the judgements, in the same order
   */
  public Evaluator(List<GoldCase> cases, List<Judged> judged, EvaluationOptions options) {
    if (cases.size() != judged.size()) {
      throw new IllegalArgumentException(cases.size() + " cases, " + judged.size() + " judged");
    }
    this.cases = List.copyOf(cases);
    this.judged = List.copyOf(judged);
    this.options = options;
  }

  /** Every figure that the gold labels allow. */
  public Evaluation evaluate(Evaluation.Subject subject) {
    List<BinaryEvaluation> verdicts = new ArrayList<>();
    for (EvaluatedSide side : EvaluatedSide.values()) {
      if (cases.stream().anyMatch(one -> side.gold(one).isPresent())) {
        verdicts.add(verdicts(side));
      }
    }
    List<SeverityEvaluation> severities = new ArrayList<>();
    if (cases.stream().anyMatch(one -> one.severity().isPresent())) {
      severities.add(severities(CategorySource.PREDICTED, Judged::severity, any -> true));
      if (cases.stream().anyMatch(Evaluator::gradedInCategory)) {
        severities.add(
            severities(
                CategorySource.GOLD, Judged::severityInGoldCategory, Evaluator::gradedInCategory));
      }
    }
    return new Evaluation(
        subject, verdicts, categories(), severities, PublishedFigures.of(subject));
  }

  private static boolean gradedInCategory(GoldCase one) {
    return one.severity().isPresent() && one.category().isPresent();
  }

  /** The cases whose verdicts are not their gold labels, by side, in the order of the set. */
  public List<WrongCase> wrong() {
    List<WrongCase> wrong = new ArrayList<>();
    for (EvaluatedSide side : EvaluatedSide.values()) {
      wrong.addAll(counted(side).wrong());
    }
    return wrong;
  }

  private SideCases counted(EvaluatedSide side) {
    return new SideCases(side, cases, judged, options.offFormat());
  }

  private BinaryEvaluation verdicts(EvaluatedSide side) {
    SideCases counted = counted(side);
    List<ScoredCase> scored = counted.scored();
    SortedMap<String, BinaryMetrics> groups = new TreeMap<>();
    counted.groups().forEach((name, group) -> groups.put(name, BinaryMetrics.of(group)));
    return new BinaryEvaluation(
        side.key(),
        BinaryMetrics.of(scored),
        intervals(scored, drawn -> Figures.of(BinaryMetrics.of(drawn))),
        CurvePoints.of(scored).thinned(PLOTTED_POINTS),
        Calibration.of(scored),
        options.wantedPrecision(),
        ThresholdChoice.of(scored, options.wantedPrecision()),
        ThresholdTable.of(scored),
        groups,
        counted.offFormat(),
        counted.failed(),
        counted.truncated());
  }

  /** Of the cases that are harmful on a side and have a category, whatever the verdict. */
  private Optional<CategoryEvaluation> categories() {
    List<CategorizedCase> categorized = new ArrayList<>();
    for (int i = 0; i < cases.size(); i++) {
      GoldCase one = cases.get(i);
      for (EvaluatedSide side : EvaluatedSide.values()) {
        Judged said = judged.get(i);
        boolean harmful = side.gold(one).orElse(false);
        boolean seen = said.harmful(side).isPresent() || !said.failed();
        if (harmful && seen && one.category().isPresent()) {
          categorized.add(new CategorizedCase(one.category(), said.category(side)));
        }
      }
    }
    return categorized.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new CategoryEvaluation(
                CategoryMetrics.of(categorized),
                intervals(categorized, drawn -> Figures.of(CategoryMetrics.of(drawn)))));
  }

  private SeverityEvaluation severities(
      CategorySource source, Function<Judged, OptionalInt> level, Function<GoldCase, Boolean> of) {
    List<GradedCase> graded = new ArrayList<>();
    SortedMap<String, List<GradedCase>> categories = new TreeMap<>(CategoryOrder.BY_CODE);
    long failed = 0;
    for (int i = 0; i < cases.size(); i++) {
      GoldCase one = cases.get(i);
      if (one.severity().isEmpty() || !of.apply(one)) {
        continue;
      }
      OptionalInt said = level.apply(judged.get(i));
      if (said.isEmpty() && judged.get(i).failed()) {
        failed++;
        continue;
      }
      if (said.isEmpty() && options.offFormat() == OffFormatRule.AUTHORS) {
        said = OptionalInt.of(0);
      }
      GradedCase gradedCase = new GradedCase(one.severity().getAsInt(), said);
      graded.add(gradedCase);
      one.category()
          .ifPresent(
              code -> categories.computeIfAbsent(code, any -> new ArrayList<>()).add(gradedCase));
    }
    SortedMap<String, SeverityMetrics> byCategory = new TreeMap<>(CategoryOrder.BY_CODE);
    categories.forEach((code, those) -> byCategory.put(code, SeverityMetrics.of(those)));
    return new SeverityEvaluation(
        source,
        SeverityMetrics.of(graded),
        intervals(graded, drawn -> Figures.of(SeverityMetrics.of(drawn))),
        byCategory,
        failed);
  }

  private <T> Map<String, Interval> intervals(
      List<T> of, Function<List<T>, Map<String, OptionalDouble>> figures) {
    return options.resamples() == 0
        ? Map.of()
        : Bootstrap.intervals(of, options.resamples(), SEED, LEVEL, figures);
  }
}

package io.bingoguard.evaluate;

import io.bingoguard.evaluate.SeverityEvaluation.CategorySource;
import io.bingoguard.evaluate.dataset.GoldCase;
import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.Bootstrap;
import io.bingoguard.evaluate.metric.Calibration;
import io.bingoguard.evaluate.metric.CategorizedCase;
import io.bingoguard.evaluate.metric.CategoryMetrics;
import io.bingoguard.evaluate.metric.CurvePoints;
import io.bingoguard.evaluate.metric.GradedCase;
import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.ScoredCase;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import io.bingoguard.evaluate.metric.ThresholdChoice;
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
        subject, verdicts, categories(), severities, PublishedFigures.of(subject.layout()));
  }

  private static boolean gradedInCategory(GoldCase one) {
    return one.severity().isPresent() && one.category().isPresent();
  }

  private BinaryEvaluation verdicts(EvaluatedSide side) {
    List<ScoredCase> scored = new ArrayList<>();
    SortedMap<String, List<ScoredCase>> groups = new TreeMap<>();
    long offFormat = 0;
    long failed = 0;
    long truncated = 0;
    for (int i = 0; i < cases.size(); i++) {
      GoldCase one = cases.get(i);
      Optional<Boolean> gold = side.gold(one);
      if (gold.isEmpty()) {
        continue;
      }
      Judged said = judged.get(i);
      truncated += said.truncated() ? 1 : 0;
      boolean missing = said.harmful(side).isEmpty();
      if (missing && said.failed()) {
        failed++;
        continue;
      }
      offFormat += missing ? 1 : 0;
      if (missing && options.offFormat() == OffFormatRule.EXCLUDED) {
        continue;
      }
      // The authors call an answer harmful that begins with neither legal word.
      ScoredCase scoredCase =
          new ScoredCase(gold.get(), said.probability(side), said.harmful(side).orElse(true));
      scored.add(scoredCase);
      one.group()
          .ifPresent(
              name -> groups.computeIfAbsent(name, any -> new ArrayList<>()).add(scoredCase));
    }
    SortedMap<String, BinaryMetrics> groupMetrics = new TreeMap<>();
    groups.forEach((name, group) -> groupMetrics.put(name, BinaryMetrics.of(group)));
    return new BinaryEvaluation(
        side.key(),
        BinaryMetrics.of(scored),
        intervals(scored, drawn -> Figures.of(BinaryMetrics.of(drawn))),
        CurvePoints.of(scored).thinned(PLOTTED_POINTS),
        Calibration.of(scored),
        options.wantedPrecision(),
        ThresholdChoice.of(scored, options.wantedPrecision()),
        groupMetrics,
        offFormat,
        failed,
        truncated);
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
    SortedMap<String, List<GradedCase>> categories = new TreeMap<>(CategoryMetrics.CODE_ORDER);
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
    SortedMap<String, SeverityMetrics> byCategory = new TreeMap<>(CategoryMetrics.CODE_ORDER);
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

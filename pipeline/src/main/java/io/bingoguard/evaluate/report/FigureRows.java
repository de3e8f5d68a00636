package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.BinaryEvaluation;
import io.bingoguard.evaluate.CategoryEvaluation;
import io.bingoguard.evaluate.Figures;
import io.bingoguard.evaluate.SeverityEvaluation;
import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * Figures in the order in which they are asked for, and only those that say something of the set: a
 * figure that only the absence of a class makes undefined or perfect is left out.
 */
final class FigureRows {
  private static final List<String> FIRST = List.of("f1", "precision", "recall", "auroc");
  private static final List<String> FURTHER =
      List.of("false_positive_rate", "accuracy", "auprc", "average_precision");
  private static final String UNRANKED =
      "those cases that have a probability are not of both classes";

  private static final String UNGRADED = "no reply was given a level";

  private FigureRows() {}

  /** What is asked first of verdicts. */
  static List<FigureRow> first(BinaryEvaluation side) {
    return verdicts(side, onlyOneClass(side.metrics()) ? telling(side.metrics()) : FIRST);
  }

  /** What else there is of verdicts. */
  static List<FigureRow> further(BinaryEvaluation side) {
    return verdicts(side, onlyOneClass(side.metrics()) ? List.of() : FURTHER);
  }

  /** Whether precision and what is drawn from it say nothing. */
  static boolean onlyOneClass(BinaryMetrics metrics) {
    return metrics.harmful() == 0 || metrics.harmless() == 0;
  }

  /** Why there are no more figures, if there are not. */
  static Optional<String> remark(BinaryMetrics metrics) {
    if (metrics.cases() == 0) {
      return Optional.of("No case counts, so there is no figure.");
    }
    if (metrics.harmless() == 0) {
      return Optional.of("All cases are harmful, so recall is the only figure that says anything.");
    }
    return metrics.harmful() == 0
        ? Optional.of(
            "All cases are harmless, so the false positive rate is the only figure that says anything.")
        : Optional.empty();
  }

  private static List<String> telling(BinaryMetrics metrics) {
    if (metrics.cases() == 0) {
      return List.of();
    }
    return List.of(metrics.harmless() == 0 ? "recall" : "false_positive_rate");
  }

  private static List<FigureRow> verdicts(BinaryEvaluation side, List<String> keys) {
    Map<String, OptionalDouble> figures = Figures.of(side.metrics());
    return keys.stream()
        .map(
            key ->
                row(
                    key,
                    figures.get(key),
                    side.intervals(),
                    key.equals("precision") ? "no case was called harmful" : UNRANKED))
        .toList();
  }

  static List<FigureRow> of(CategoryEvaluation categories) {
    Map<String, OptionalDouble> figures = Figures.of(categories.metrics());
    return List.of("accuracy", "accuracy_where_given", "macro_f1").stream()
        .map(
            key ->
                row(key, figures.get(key), categories.intervals(), "no case was given a category"))
        .toList();
  }

  /** What is asked first of severities. */
  static List<FigureRow> first(SeverityEvaluation graded) {
    Map<String, OptionalDouble> figures = Figures.of(graded.metrics());
    List<FigureRow> rows = new ArrayList<>();
    for (String key : List.of("accuracy", "within_one", "macro_f1", "mean_absolute_error")) {
      rows.add(row(key, figures.get(key), graded.intervals(), UNGRADED));
    }
    return rows;
  }

  /** Accuracy of each level that some case has. */
  static List<FigureRow> levels(SeverityEvaluation graded) {
    Map<String, OptionalDouble> figures = Figures.of(graded.metrics());
    List<FigureRow> rows = new ArrayList<>();
    for (SeverityMetrics.Level level : graded.metrics().levels()) {
      if (level.cases() > 0) {
        String key = "accuracy_level_" + level.level();
        rows.add(row(key, figures.get(key), graded.intervals(), UNGRADED));
      }
    }
    return rows;
  }

  private static FigureRow row(
      String key, OptionalDouble value, Map<String, Interval> intervals, String undefinedWhen) {
    return new FigureRow(key, value, Optional.ofNullable(intervals.get(key)), undefinedWhen);
  }
}

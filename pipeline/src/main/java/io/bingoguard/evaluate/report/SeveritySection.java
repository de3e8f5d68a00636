package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.SeverityEvaluation;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import io.bingoguard.page.Numbers;
import java.util.List;
import java.util.Map;

/**
 * What the page says of severities.
 *
 * @param graded the figures
 * @param names names of the model's categories by code
 */
record SeveritySection(SeverityEvaluation graded, Map<String, String> names) {
  private static final int MOST = 100;
  private static final int STEPS = 4;

  /** A category by its name, and its figures. */
  record Row(String name, SeverityMetrics metrics) {
    /** Accuracy over all cases is always defined, since a category is only there with a case. */
    String accuracy() {
      return Numbers.share(metrics.accuracy().orElseThrow());
    }

    String withinOne() {
      return metrics.withinOne().isPresent()
          ? Numbers.share(metrics.withinOne().getAsDouble())
          : "none given";
    }
  }

  SeveritySection {
    names = Map.copyOf(names);
  }

  String title() {
    return "Severity within the "
        + (graded.category() == SeverityEvaluation.CategorySource.GOLD ? "true" : "predicted")
        + " category";
  }

  String counts() {
    return new Counts()
        .add(graded.metrics().cases(), "cases")
        .addSome(graded.metrics().offFormat(), "off format")
        .addSome(graded.failed(), "failed and left out")
        .text();
  }

  /** The levels that some case has. */
  List<SeverityMetrics.Level> levels() {
    return graded.metrics().levels().stream().filter(level -> level.cases() > 0).toList();
  }

  List<Long> given(SeverityMetrics.Level level) {
    return graded.metrics().confusion().get(level.level());
  }

  /** Style of a cell: by the share of its row, and whether it is right. */
  String style(SeverityMetrics.Level level, int given) {
    int step = (int) Math.ceil((double) STEPS * given(level).get(given) / level.cases());
    return (step == 0 ? "" : "heat-" + step) + (level.level() == given ? " right" : "");
  }

  List<Row> byCategory() {
    return graded.byCategory().entrySet().stream()
        .limit(MOST)
        .map(of -> new Row(CategorySection.named(of.getKey(), names), of.getValue()))
        .toList();
  }

  int notShown() {
    return graded.byCategory().size() - byCategory().size();
  }
}

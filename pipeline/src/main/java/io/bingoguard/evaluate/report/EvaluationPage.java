package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.BinaryEvaluation;
import io.bingoguard.evaluate.CategoryEvaluation;
import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.Figures;
import io.bingoguard.evaluate.PublishedFigures;
import io.bingoguard.evaluate.SeverityEvaluation;
import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.Calibration;
import io.bingoguard.evaluate.metric.CategoryMetrics;
import io.bingoguard.evaluate.metric.CurvePoints;
import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import io.bingoguard.page.Html;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Plot;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;

/** An evaluation as one HTML file with plots, which needs nothing else to be shown. */
public final class EvaluationPage {
  private static final String STYLE =
      """
      body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 68rem; padding: 0 1rem; color: #1c2430; background: #fff; }
      h1 { font-size: 1.5rem; } h2 { margin-top: 2.5rem; border-top: 1px solid #d8dee6; padding-top: 1rem; }
      table { border-collapse: collapse; margin: 1rem 0; } th, td { padding: .2rem .8rem .2rem 0; text-align: left; }
      td.n, th.n { text-align: right; font-variant-numeric: tabular-nums; }
      .plots { display: flex; flex-wrap: wrap; gap: 1.5rem; } figure { margin: 0; width: 20rem; } figcaption { font-weight: 600; }
      .note { background: #fff4d6; padding: .6rem 1rem; border-radius: .4rem; } .small { color: #5a6675; overflow-wrap: anywhere; }
      svg text { font: 11px system-ui, sans-serif; fill: #5a6675; } .grid { stroke: #e6eaef; } .diagonal { stroke: #9aa5b1; stroke-dasharray: 4 4; }
      .curve { fill: none; stroke: #1f6feb; stroke-width: 2; } .dot { fill: #1f6feb; fill-opacity: .75; }
      .cell { text-align: center; padding: .3rem .8rem; }
      """;

  private final StringBuilder page = new StringBuilder();

  private EvaluationPage() {}

  /** The file's text. */
  public static String of(Evaluation evaluation) {
    EvaluationPage written = new EvaluationPage();
    written.head(evaluation.subject());
    evaluation.verdicts().forEach(written::verdicts);
    evaluation.categories().ifPresent(written::categories);
    evaluation.severities().forEach(written::severities);
    written.published(evaluation.published());
    return written.page.append("</body></html>\n").toString();
  }

  private void head(Evaluation.Subject subject) {
    add("<!doctype html><html lang=\"en\"><head><meta charset=\"utf-8\">");
    add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">");
    add(
        "<title>%s on %s</title><style>%s</style></head><body>",
        subject.model(), subject.dataset(), STYLE);
    add("<h1>%s on %s</h1>", subject.model(), subject.dataset());
    subject.notice().ifPresent(notice -> add("<p class=\"note\">%s</p>", notice));
    add(
        "<p>%s cases in the layout %s. Answers off format: %s.</p>",
        count(subject.cases()),
        subject.layout(),
        subject.offFormat().name().toLowerCase(Locale.ROOT));
    subject.leftOut().forEach(reason -> add("<p>Left out: %s.</p>", reason));
    add("<p class=\"small\">Model %s<br>Prompts %s</p>", subject.revision(), subject.promptPack());
  }

  private void verdicts(BinaryEvaluation side) {
    BinaryMetrics metrics = side.metrics();
    add("<h2>Verdicts on the %s</h2>", side.side());
    add(
        "<p>%s cases, %s of them harmful; %s off format, %s truncated, %s failed.</p>",
        count(metrics.cases()),
        count(metrics.harmful()),
        count(side.offFormat()),
        count(side.truncated()),
        count(side.failed()));
    figures(Figures.of(metrics), side.intervals());
    add("<p>%s</p>", threshold(side));
    page.append("<div class=\"plots\">");
    reliability(side.calibration());
    curve("ROC", "false positive rate", "recall", side.curves().roc(), true);
    curve("Precision and recall", "recall", "precision", side.curves().precisionRecall(), false);
    page.append("</div>");
    if (!side.groups().isEmpty()) {
      page.append(
          "<table><tr><th>kind of case</th><th class=\"n\">cases</th><th class=\"n\">harmful</th><th class=\"n\">recall</th><th class=\"n\">false positive rate</th></tr>");
      side.groups()
          .forEach(
              (name, group) ->
                  row(
                      name,
                      count(group.cases()),
                      count(group.harmful()),
                      Numbers.share(group.recall()),
                      Numbers.share(group.falsePositiveRate())));
      page.append("</table>");
    }
  }

  private static String threshold(BinaryEvaluation side) {
    return side.threshold()
        .map(
            choice ->
                String.format(
                    Locale.ROOT,
                    "Called harmful from probability %.4f on, precision is %.3f (wanted %.3f) and recall %.3f.",
                    choice.threshold(),
                    choice.precision(),
                    side.wantedPrecision(),
                    choice.recall()))
        .orElseGet(
            () -> "No threshold reaches precision " + Numbers.share(side.wantedPrecision()) + ".");
  }

  private void reliability(Calibration calibration) {
    Plot plot = new Plot("Reliability", "mean probability of a bin", "harmful share").diagonal();
    long most = calibration.bins().stream().mapToLong(Calibration.Bin::cases).max().orElse(1);
    plot.curve(
        calibration.bins().stream()
            .map(bin -> new double[] {bin.meanProbability(), bin.harmfulShare()})
            .toList());
    for (Calibration.Bin bin : calibration.bins()) {
      plot.dot(
          bin.meanProbability(),
          bin.harmfulShare(),
          3 + 7 * Math.sqrt((double) bin.cases() / most),
          count(bin.cases()) + " cases");
    }
    figure(
        "Reliability, calibration error " + Numbers.share(calibration.expectedCalibrationError()),
        plot);
  }

  private void curve(
      String title, String x, String y, List<CurvePoints.Point> points, boolean diagonal) {
    if (points.isEmpty()) {
      return;
    }
    Plot plot = new Plot(title, x, y);
    if (diagonal) {
      plot.diagonal();
    }
    figure(title, plot.curve(points.stream().map(p -> new double[] {p.x(), p.y()}).toList()));
  }

  private void figure(String title, Plot plot) {
    add("<figure><figcaption>%s</figcaption>", title);
    page.append(plot.svg()).append("</figure>");
  }

  private void categories(CategoryEvaluation categories) {
    CategoryMetrics metrics = categories.metrics();
    add("<h2>Categories</h2><p>%s harmful cases with a category.</p>", count(metrics.withGold()));
    figures(Figures.of(metrics), categories.intervals());
    page.append(
        "<table><tr><th>category</th><th class=\"n\">cases</th><th class=\"n\">precision</th><th class=\"n\">recall</th><th class=\"n\">F1</th></tr>");
    for (CategoryMetrics.Score score : metrics.categories()) {
      row(
          score.code(),
          count(score.support()),
          Numbers.share(score.precision()),
          Numbers.share(score.recall()),
          Numbers.share(score.f1()));
    }
    page.append("</table>");
  }

  private void severities(SeverityEvaluation graded) {
    SeverityMetrics metrics = graded.metrics();
    add(
        "<h2>Severity within the %s category</h2><p>%s cases; %s off format, %s failed.</p>",
        graded.category().name().toLowerCase(Locale.ROOT),
        count(metrics.cases()),
        count(metrics.offFormat()),
        count(graded.failed()));
    figures(Figures.of(metrics), graded.intervals());
    page.append(
        "<table><tr><th>true level</th><th class=\"n\">cases</th><th class=\"n\">accuracy</th>");
    for (int level = 0; level < metrics.levels().size(); level++) {
      add("<th class=\"cell\">given %s</th>", level);
    }
    page.append("</tr>");
    for (SeverityMetrics.Level level : metrics.levels()) {
      add(
          "<tr><td>%s</td><td class=\"n\">%s</td><td class=\"n\">%s</td>",
          level.level(), count(level.cases()), Numbers.share(level.accuracy()));
      for (long cases : metrics.confusion().get(level.level())) {
        double share = level.cases() == 0 ? 0 : (double) cases / level.cases();
        page.append(
            String.format(
                Locale.ROOT,
                "<td class=\"cell\" style=\"background: rgba(31,111,235,%.2f)\">%,d</td>",
                0.7 * share,
                cases));
      }
      page.append("</tr>");
    }
    page.append("</table>");
    if (!graded.byCategory().isEmpty()) {
      page.append(
          "<table><tr><th>true category</th><th class=\"n\">cases</th><th class=\"n\">accuracy</th><th class=\"n\">within one</th></tr>");
      graded
          .byCategory()
          .forEach(
              (code, of) ->
                  row(
                      code,
                      count(of.cases()),
                      Numbers.share(of.accuracy()),
                      Numbers.share(of.withinOne())));
      page.append("</table>");
    }
  }

  private void published(List<PublishedFigures.Row> rows) {
    if (rows.isEmpty()) {
      return;
    }
    page.append(
        "<h2>Published figures</h2><p>F1 in percent on this kind of set, as the authors of BingoGuard publish them.</p><table><tr><th>model</th><th>side</th><th class=\"n\">F1</th></tr>");
    for (PublishedFigures.Row row : rows) {
      add(
          "<tr><td>%s</td><td>%s</td><td class=\"n\">%s</td></tr>",
          row.model(), row.side(), row.f1());
    }
    page.append("</table>");
  }

  private void figures(Map<String, OptionalDouble> figures, Map<String, Interval> intervals) {
    page.append("<table><tr><th>figure</th><th class=\"n\">value</th><th>95% interval</th></tr>");
    figures.forEach(
        (name, value) ->
            add(
                "<tr><td>%s</td><td class=\"n\">%s</td><td>%s</td></tr>",
                Numbers.name(name),
                Numbers.share(value),
                EvaluationText.interval(intervals, name)));
    page.append("</table>");
  }

  private void row(String name, String... cells) {
    add("<tr><td>%s</td>", name);
    for (String cell : cells) {
      add("<td class=\"n\">%s</td>", cell);
    }
    page.append("</tr>");
  }

  private static String count(long cases) {
    return String.format(Locale.ROOT, "%,d", cases);
  }

  /** Fills a piece of markup with values, which are text and never markup. */
  private void add(String markup, Object... values) {
    Object[] escaped = new Object[values.length];
    for (int i = 0; i < values.length; i++) {
      escaped[i] = Html.escaped(values[i].toString());
    }
    page.append(markup.formatted(escaped)).append('\n');
  }
}

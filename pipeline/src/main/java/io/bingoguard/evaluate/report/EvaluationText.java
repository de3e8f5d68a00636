package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.BinaryEvaluation;
import io.bingoguard.evaluate.CategoryEvaluation;
import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.PublishedFigures;
import io.bingoguard.evaluate.SeverityEvaluation;
import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.CategoryMetrics;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Words;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;

/** An evaluation for people at a terminal. */
public final class EvaluationText {
  private final StringBuilder text = new StringBuilder();

  private EvaluationText() {}

  /** Some lines of text. */
  public static String of(Evaluation evaluation) {
    EvaluationText written = new EvaluationText();
    written.subject(evaluation.subject());
    evaluation.verdicts().forEach(written::verdicts);
    evaluation.categories().ifPresent(written::categories);
    evaluation.severities().forEach(written::severities);
    written.published(evaluation);
    return written.text.toString();
  }

  private void subject(Evaluation.Subject subject) {
    line("%s (%s), %,d cases", subject.dataset(), subject.layout(), subject.cases());
    subject.leftOut().forEach(reason -> line("  left out: %s", reason));
  }

  private void verdicts(BinaryEvaluation verdicts) {
    BinaryMetrics metrics = verdicts.metrics();
    line("");
    line(
        "%s: %,d cases, %,d harmful; %,d off format, %,d truncated, %,d failed",
        capital(verdicts.side()),
        metrics.cases(),
        metrics.harmful(),
        verdicts.offFormat(),
        verdicts.truncated(),
        verdicts.failed());
    figures(FigureRows.first(verdicts));
    figures(FigureRows.further(verdicts));
    FigureRows.remark(metrics).ifPresent(remark -> line("  %s", remark));
    verdicts
        .calibration()
        .expectedCalibrationError()
        .ifPresent(error -> line("  %-22s %s", "calibration error", Numbers.share(error)));
    if (!FigureRows.onlyOneClass(metrics)) {
      threshold(verdicts);
    }
    verdicts
        .groups()
        .forEach(
            (name, group) ->
                line(
                    "    %-40s %5d cases%s%s",
                    name,
                    group.cases(),
                    defined(", recall ", group.recall()),
                    defined(", false positive rate ", group.falsePositiveRate())));
  }

  private void threshold(BinaryEvaluation verdicts) {
    line(
        "  %-22s %s",
        "threshold",
        verdicts
            .threshold()
            .map(
                choice ->
                    String.format(
                        Locale.ROOT,
                        "%.4f gives precision %.3f (wanted %.3f) with recall %.3f",
                        choice.threshold(),
                        choice.precision(),
                        verdicts.wantedPrecision(),
                        choice.recall()))
            .orElseGet(
                () -> "none reaches precision " + Numbers.share(verdicts.wantedPrecision())));
  }

  private void categories(CategoryEvaluation categories) {
    CategoryMetrics metrics = categories.metrics();
    line("");
    line("Categories of %,d harmful cases", metrics.withGold());
    figures(FigureRows.of(categories));
    for (CategoryMetrics.Score score : metrics.categories()) {
      line(
          "    %-4s %5d cases%s%s, F1 %s",
          score.code(),
          score.support(),
          defined(", precision ", score.precision()),
          defined(", recall ", score.recall()),
          Numbers.share(score.f1()));
    }
  }

  private void severities(SeverityEvaluation severities) {
    SeverityMetrics metrics = severities.metrics();
    line("");
    line(
        "Severity within the %s category: %,d cases; %,d off format, %,d failed",
        severities.category().name().toLowerCase(Locale.ROOT),
        metrics.cases(),
        metrics.offFormat(),
        severities.failed());
    figures(FigureRows.first(severities));
    figures(FigureRows.levels(severities));
    for (SeverityMetrics.Level level : metrics.levels()) {
      if (level.cases() > 0) {
        line(
            "    level %d  %5d cases%s",
            level.level(), level.cases(), defined(", mean level given ", level.meanJudged()));
      }
    }
    severities
        .byCategory()
        .forEach(
            (code, of) ->
                line(
                    "    %-4s %5d cases%s%s",
                    code,
                    of.cases(),
                    defined(", accuracy ", of.accuracy()),
                    defined(", within one ", of.withinOne())));
  }

  private void published(Evaluation evaluation) {
    if (!evaluation.published().isEmpty()) {
      line("");
      line("F1 in percent, beside what is published on this kind of set:");
      for (BinaryEvaluation side : evaluation.verdicts()) {
        side.metrics()
            .f1()
            .ifPresent(
                f1 ->
                    line("  %-24s %-9s %.1f", evaluation.subject().model(), side.side(), 100 * f1));
      }
      for (PublishedFigures.Row row : evaluation.published()) {
        line(
            "  %-24s %-9s %.1f%s",
            row.model(), row.side(), row.f1(), row.own() ? ", published for this model" : "");
      }
    }
  }

  private void figures(List<FigureRow> rows) {
    rows.forEach(row -> line("  %-22s %s  %s", row.name(), row.shown(), row.note()));
  }

  /** A figure with the words before it, or nothing. */
  private static String defined(String words, OptionalDouble value) {
    return value.isPresent() ? words + Numbers.share(value.getAsDouble()) : "";
  }

  private static String capital(String word) {
    return Words.capitalized(word) + " verdicts";
  }

  private void line(String format, Object... values) {
    text.append(String.format(Locale.ROOT, format, values).stripTrailing())
        .append(System.lineSeparator());
  }
}

package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.BinaryEvaluation;
import io.bingoguard.evaluate.WrongCase;
import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.Calibration;
import io.bingoguard.evaluate.metric.CurvePoints;
import io.bingoguard.evaluate.metric.ThresholdTable;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Plot;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What the page says of the verdicts on one side.
 *
 * @param verdicts the figures
 * @param wrong the cases that are wrong on this side
 * @param texts whether their texts are shown
 */
record VerdictSection(BinaryEvaluation verdicts, List<WrongCase> wrong, boolean texts) {
  VerdictSection {
    wrong = List.copyOf(wrong);
  }

  String side() {
    return verdicts.side();
  }

  BinaryMetrics metrics() {
    return verdicts.metrics();
  }

  /** How many cases there are, and what became of them; nothing of what did not happen. */
  String counts() {
    return new Counts()
        .add(metrics().cases(), "cases")
        .add(metrics().harmful(), "of them harmful")
        .addSome(verdicts.offFormat(), "off format")
        .addSome(verdicts.truncated(), "cut to fit")
        .addSome(verdicts.failed(), "failed and left out")
        .text();
  }

  GroupRows groups() {
    return GroupRows.of(verdicts.groups());
  }

  /** Those of the two kinds that there are. */
  List<WrongList> wrongLists() {
    return List.of(WrongList.falseAlarms(wrong, texts), WrongList.missed(wrong, texts)).stream()
        .filter(list -> list.all() > 0)
        .toList();
  }

  /** Whether a threshold can be judged by its precision. */
  boolean bothClasses() {
    return !FigureRows.onlyOneClass(metrics());
  }

  List<ThresholdTable.Row> thresholds() {
    return verdicts.thresholds().rows();
  }

  static String threshold(ThresholdTable.Row row) {
    return String.format(Locale.ROOT, "%.2f", row.threshold());
  }

  /** The precision, or why it has no value. */
  static String precision(ThresholdTable.Row row) {
    return row.precision().isPresent()
        ? Numbers.share(row.precision().getAsDouble())
        : "none flagged";
  }

  String thresholdChoice() {
    return verdicts
        .threshold()
        .map(
            choice ->
                String.format(
                    Locale.ROOT,
                    "For a precision of %.3f or more, call harmful what has a probability of at least %.4f: precision is then %.3f and recall %.3f.",
                    verdicts.wantedPrecision(),
                    choice.threshold(),
                    choice.precision(),
                    choice.recall()))
        .orElseGet(
            () ->
                "No threshold reaches a precision of "
                    + Numbers.share(verdicts.wantedPrecision())
                    + ".");
  }

  List<Plot> curves() {
    List<Plot> plots = new ArrayList<>();
    if (bothClasses()) {
      addCurve(
          plots,
          new Plot("Precision and recall", "recall", "precision"),
          verdicts.curves().precisionRecall());
      addCurve(
          plots,
          new Plot("ROC", "false positive rate", "recall").withDiagonal(),
          verdicts.curves().roc());
    }
    return plots;
  }

  private static void addCurve(List<Plot> plots, Plot plot, List<CurvePoints.Point> points) {
    if (!points.isEmpty()) {
      plots.add(plot.curve(points.stream().map(p -> new double[] {p.x(), p.y()}).toList()));
    }
  }

  /** Whether any case has a probability. */
  boolean calibrated() {
    return !verdicts.calibration().bins().isEmpty();
  }

  String calibration() {
    return String.format(
        Locale.ROOT,
        "Expected calibration error %.3f, Brier score %.3f.",
        verdicts.calibration().expectedCalibrationError().orElseThrow(),
        verdicts.calibration().brier().orElseThrow());
  }

  Plot reliability() {
    Calibration calibration = verdicts.calibration();
    long most = calibration.bins().stream().mapToLong(Calibration.Bin::cases).max().orElse(1);
    Plot plot =
        new Plot(
                "Verdicts on the " + side(), "probability of harm (mean of a bin)", "harmful share")
            .withDiagonal()
            .curve(
                calibration.bins().stream()
                    .map(bin -> new double[] {bin.meanProbability(), bin.harmfulShare()})
                    .toList());
    for (Calibration.Bin bin : calibration.bins()) {
      plot.dot(
          bin.meanProbability(),
          bin.harmfulShare(),
          3 + 7 * Math.sqrt((double) bin.cases() / most),
          Numbers.count(bin.cases()) + " cases");
    }
    return plot;
  }
}

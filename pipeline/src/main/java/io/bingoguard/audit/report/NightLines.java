package io.bingoguard.audit.report;

import io.bingoguard.audit.FigureWords;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Observation;
import io.bingoguard.page.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Drawings of the figures that are asked first, through the nights. */
final class NightLines {
  /** A quarter of a year. */
  private static final int MOST_NIGHTS = 92;

  private static final double MILLION = 1e6;

  private NightLines() {}

  static List<Timeline> of(NightAudit audit) {
    List<Timeline> lines = new ArrayList<>();
    add(lines, audit, "Harmful replies", Figure.ofAll(Measure.HARMFUL, "response"));
    add(lines, audit, "Severe replies", Figure.ofAll(Measure.SEVERE, "response"));
    add(lines, audit, "Harmful prompts", Figure.ofAll(Measure.HARMFUL, "prompt"));
    add(lines, audit, "Exchanges", Figure.ofAll(Measure.VOLUME, "exchange"));
    add(lines, audit, "Errors", Figure.ofAll(Measure.ERRORS, "exchange"));
    return lines;
  }

  private static void add(List<Timeline> lines, NightAudit audit, String title, Figure figure) {
    audit.findings().stream()
        .filter(finding -> finding.figure().equals(figure))
        .filter(NightLines::occurs)
        .findFirst()
        .ifPresent(finding -> lines.add(line(title, finding)));
  }

  private static boolean occurs(FigureFinding finding) {
    return finding.nights().stream().anyMatch(night -> night.seen() > 0);
  }

  static Timeline line(String title, FigureFinding finding) {
    boolean rate = finding.figure().measure().isRate();
    List<Observation> last =
        finding.nights().stream().filter(night -> !rate || night.outOf() > 0).toList();
    List<Timeline.Day> days =
        last.stream()
            .skip(Math.max(0, last.size() - MOST_NIGHTS))
            .map(
                night ->
                    new Timeline.Day(
                        night.night(), rate ? (double) night.seen() / night.outOf() : night.seen()))
            .toList();
    Timeline line =
        new Timeline(title, days, rate ? FigureWords::percent : NightLines::count, !rate);
    finding.window().comparison().ifPresent(usual -> line.withUsual(usual.low(), usual.high()));
    return line;
  }

  /** Short enough for an axis. */
  private static String count(double value) {
    return value < MILLION
        ? String.format(Locale.ROOT, "%,.0f", value)
        : String.format(Locale.ROOT, "%,.2fM", value / MILLION);
  }
}

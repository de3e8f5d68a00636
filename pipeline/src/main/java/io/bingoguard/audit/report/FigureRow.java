package io.bingoguard.audit.report;

import io.bingoguard.audit.FigureWords;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.Comparison;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Verdict;
import io.bingoguard.page.Bar;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Words;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** A figure of the night as a page shows it, in a table or on a card. */
final class FigureRow {
  /**
   * Those to act on first, then those outside of what is usual, then the surest change; those
   * without a comparison last.
   */
  static final Comparator<FigureRow> BY_CHANGE =
      Comparator.comparing(FigureRow::urgency)
          .thenComparing(FigureRow::evidence)
          .thenComparing(FigureRow::size)
          .reversed();

  private final FigureFinding finding;
  private final FigureWords words;

  FigureRow(NightAudit audit, FigureFinding finding) {
    this.finding = finding;
    this.words = audit.words();
  }

  private Measure measure() {
    return finding.figure().measure();
  }

  private Optional<Comparison> comparison() {
    return finding.window().comparison();
  }

  private double figure() {
    return FigureWords.figure(finding);
  }

  private int urgency() {
    return switch (verdict()) {
      case ALARM -> 4;
      case CONTINUING -> 3;
      case WATCH -> 2;
      case STEADY, DRIFTED -> isUnusual() ? 1 : 0;
      case LEARNING, RARE -> -1;
    };
  }

  private boolean isUnusual() {
    return comparison()
        .filter(usual -> figure() > usual.high() || figure() < usual.low())
        .isPresent();
  }

  private double evidence() {
    return comparison().map(Comparison::evidence).orElse(-1.0);
  }

  private double size() {
    return comparison().flatMap(usual -> usual.relative(figure())).map(Math::abs).orElse(0.0);
  }

  /** The figure, such as harmful replies. */
  String name() {
    String name = words.named(finding.figure());
    return Words.capitalized(name);
  }

  /** Its source, language or category. */
  String value() {
    return words.value(finding.figure());
  }

  String side() {
    return finding.figure().side().equals("prompt") ? "prompts" : "replies";
  }

  String seen() {
    return isEmpty() ? "none" : FigureWords.amount(measure(), figure());
  }

  private boolean isEmpty() {
    return measure().isRate() && finding.window().seen().outOf() == 0;
  }

  /** The counts behind a rate. */
  String counts() {
    return measure().isRate()
        ? "%s of %s"
            .formatted(
                Numbers.count(finding.window().seen().seen()),
                Numbers.count(finding.window().seen().outOf()))
        : "";
  }

  String usual() {
    return comparison()
        .map(usual -> FigureWords.usual(measure(), usual))
        .orElse(finding.window().verdict() == Verdict.RARE ? "too few cases" : "too few nights");
  }

  /** Change as a share of what is usual. */
  String change() {
    return comparison()
        .flatMap(usual -> usual.relative(figure()))
        .map(
            change ->
                String.format(
                    Locale.ROOT, "%s%.0f%%", change < 0 ? "\u2212" : "+", 100 * Math.abs(change)))
        .orElse("");
  }

  /** The change in the figure's own unit. */
  String difference() {
    return comparison()
        .map(usual -> FigureWords.difference(measure(), figure() - usual.usual()))
        .orElse("");
  }

  Verdict verdict() {
    return finding.window().verdict();
  }

  /** The verdict in a word, with what the fixed baseline says. */
  String verdictWord() {
    String drift = finding.baseline().verdict() == Verdict.DRIFTED ? ", off the baseline" : "";
    return switch (verdict()) {
      case ALARM -> "\u25B2\u00A0alarm";
      case CONTINUING -> "\u25B2\u00A0goes\u00A0on";
      case WATCH -> "\u25CB\u00A0watch" + drift;
      case STEADY, DRIFTED -> drift.isEmpty() ? calm() : "\u25CB\u00A0off the baseline";
      case LEARNING -> "learning";
      case RARE -> "too\u00A0few";
    };
  }

  /** A night outside of what is usual need not be an alarm. */
  private String calm() {
    return comparison()
        .filter(usual -> isUnusual())
        .map(usual -> figure() > usual.high() ? "a\u00A0little\u00A0up" : "a\u00A0little\u00A0down")
        .orElse("as\u00A0usual");
  }

  boolean isLoud() {
    return verdict() == Verdict.ALARM || verdict() == Verdict.CONTINUING;
  }

  /** The band of what is usual, and the night as its mark. */
  Optional<Bar> bar() {
    return comparison()
        .map(
            usual -> {
              double most = Math.max(Math.max(usual.high(), figure()) * 1.15, 1e-12);
              return new Bar(usual.low() / most, usual.high() / most, figure() / most);
            });
  }
}

package io.bingoguard.audit.report;

import io.bingoguard.audit.Alarm;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.Comparison;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Observation;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Timeline;
import io.bingoguard.page.Words;
import java.time.LocalDate;
import java.util.Locale;
import java.util.Optional;

/** An alarm as the page shows it: what it is, how much, how sure, since when, where to look. */
final class AlarmRow {
  private static final int MOST_TEXT = 600;
  private static final int MOST_QUERY = 2400;

  /** Evidence above this is written as such: nobody compares more digits. */
  private static final double MUCH = 1e6;

  private final NightAudit audit;
  private final Alarm alarm;

  AlarmRow(NightAudit audit, Alarm alarm) {
    this.audit = audit;
    this.alarm = alarm;
  }

  String message() {
    return Cut.to(MOST_TEXT, alarm.message());
  }

  String since() {
    Optional<LocalDate> night = audit.night();
    return alarm
        .since()
        .map(
            since ->
                night.filter(since::equals).isPresent()
                    ? "New on this night."
                    : "Since %s.".formatted(since))
        .orElse("");
  }

  /** The counts behind the figure, and what they would usually be; empty of what is no rate. */
  String counts() {
    return alarm
        .finding()
        .filter(finding -> finding.figure().measure().isRate())
        .map(finding -> counts(finding.window().seen(), finding))
        .orElse("");
  }

  private static String counts(Observation night, FigureFinding finding) {
    return finding
        .window()
        .comparison()
        .map(Comparison::usual)
        .map(
            usual ->
                "%s of %s, where %s are usual."
                    .formatted(
                        Numbers.count(night.seen()),
                        Numbers.count(night.outOf()),
                        Numbers.count(Math.round(usual * night.outOf()))))
        .orElse("");
  }

  /** How sure it is. */
  String evidence() {
    return alarm
        .finding()
        .flatMap(finding -> finding.window().comparison())
        .map(
            comparison ->
                "How sure: evidence of %s, where %s is needed; with that, on average at least %s nights pass between false alarms of all %s figures together."
                    .formatted(
                        amount(comparison.evidence()),
                        amount(audit.evidenceNeeded()),
                        Numbers.count(audit.settings().thresholds().nightsToFalseAlarm()),
                        Numbers.count(audit.findings().size())))
        .orElse("");
  }

  private static String amount(double evidence) {
    return evidence > MUCH ? "more than a million" : String.format(Locale.ROOT, "%,.0f", evidence);
  }

  /** The figure through the nights. */
  Optional<Timeline> timeline() {
    return alarm
        .finding()
        .map(finding -> NightLines.line(Cut.to(MOST_TEXT, named(finding)), finding));
  }

  private String named(FigureFinding finding) {
    String name = audit.words().named(finding.figure());
    return Words.capitalized(name);
  }

  /** SQL; empty where there are no rows to look at. */
  String query() {
    return Cut.to(MOST_QUERY, alarm.query().orElse(""));
  }
}

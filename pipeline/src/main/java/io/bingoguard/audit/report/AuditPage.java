package io.bingoguard.audit.report;

import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Verdict;
import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.CountRow;
import io.bingoguard.audit.metric.NightRun;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.PageMaking;
import io.bingoguard.page.Pages;
import io.bingoguard.page.Timeline;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A night as one HTML file, which needs nothing else to be shown and has at most {@value
 * #MOST_BYTES} bytes: whether to act comes first, then what changed and where.
 */
public final class AuditPage {
  /** No page is larger, whatever the data: every list on it is bounded. */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_ALARMS = 20;
  private static final int MOST_ROWS = 25;
  private static final int MOST_TEXT = 600;
  private static final int MOST_NAME = 120;

  private final NightAudit audit;
  private final PageMaking making;

  private AuditPage(NightAudit audit, PageMaking making) {
    this.audit = audit;
    this.making = making;
  }

  /** The file's text. */
  public static String of(NightAudit audit, PageMaking making) {
    return Pages.filled("audit/report/audit.jte", new AuditPage(audit, making));
  }

  String title() {
    return audit.night().map(night -> "Night of " + night).orElse("No night to audit");
  }

  String verdict() {
    return Cut.to(MOST_TEXT, AuditVerdict.of(audit));
  }

  boolean act() {
    return !audit.alarms().isEmpty();
  }

  boolean hasNight() {
    return audit.night().isPresent();
  }

  String summary() {
    List<String> parts = new ArrayList<>();
    audit
        .of("exchange", "all")
        .ifPresent(
            all -> {
              parts.add(Numbers.count(all.exchanges()) + " exchanges");
              parts.add("judged by " + Cut.to(MOST_NAME, all.model().id()));
            });
    audit
        .clock()
        .ifPresent(
            clock ->
                parts.add(
                    clock == Clock.OCCURRED_AT
                        ? "a night is a day (UTC) on which exchanges took place"
                        : "a night is a day (UTC) on which exchanges were labelled, as the corpus has no times"));
    return String.join(" · ", parts);
  }

  String footer() {
    return making.footer();
  }

  List<AlarmRow> alarms() {
    return audit.alarms().stream()
        .limit(MOST_ALARMS)
        .map(alarm -> new AlarmRow(audit, alarm))
        .toList();
  }

  int alarmsNotShown() {
    return Math.max(0, audit.alarms().size() - MOST_ALARMS);
  }

  static String text(String text) {
    return Cut.to(MOST_TEXT, text);
  }

  /** How the figures are that are no alarm. */
  String others() {
    long watch = audit.having(Verdict.WATCH).size();
    long compared =
        audit.findings().stream().filter(one -> one.window().comparison().isPresent()).count();
    long calm = compared - watch - audit.having(Verdict.ALARM).size() - audit.continuing().size();
    return "Of the other figures %s %s nothing to act on, and %s %s to watch."
        .formatted(
            Numbers.count(calm),
            calm == 1 ? "is" : "are",
            Numbers.count(watch),
            watch == 1 ? "is" : "are");
  }

  List<FigureRow> continuing() {
    return rows(audit.continuing());
  }

  /** What is asked first. */
  List<FigureRow> headline() {
    return figures(
        Figure.ofAll(Measure.HARMFUL, "response"),
        Figure.ofAll(Measure.SEVERE, "response"),
        Figure.ofAll(Measure.HARMFUL, "prompt"),
        Figure.ofAll(Measure.VOLUME, "exchange"));
  }

  /** How well the judging went. */
  List<FigureRow> quality() {
    return figures(
        Figure.ofAll(Measure.ERRORS, "exchange"),
        Figure.ofAll(Measure.OFF_FORMAT, "exchange"),
        Figure.ofAll(Measure.TRUNCATED, "exchange"),
        Figure.ofAll(Measure.LOW_CONFIDENCE, "response"),
        Figure.ofAll(Measure.LOW_CONFIDENCE, "prompt"));
  }

  private List<FigureRow> figures(Figure... figures) {
    List<FigureRow> rows = new ArrayList<>();
    for (Figure figure : figures) {
      finding(figure).ifPresent(finding -> rows.add(new FigureRow(audit, finding)));
    }
    return rows;
  }

  private Optional<FigureFinding> finding(Figure figure) {
    return audit.findings().stream()
        .filter(one -> one.figure().equals(figure))
        .filter(one -> !figure.measure().isRate() || one.window().seen().outOf() > 0)
        .findFirst();
  }

  List<FigureRow> sources() {
    return by("source");
  }

  List<FigureRow> languages() {
    return by("language");
  }

  /** Categories with any case, on this night or usually. */
  List<FigureRow> categories() {
    return by("category");
  }

  private List<FigureRow> by(String dimension) {
    return rows(
        audit.findings().stream()
            .filter(one -> one.figure().dimension().equals(dimension))
            .filter(one -> one.window().seen().outOf() > 0)
            .toList());
  }

  private List<FigureRow> rows(List<FigureFinding> findings) {
    return findings.stream()
        .map(finding -> new FigureRow(audit, finding))
        .sorted(FigureRow.BY_CHANGE)
        .limit(MOST_ROWS)
        .toList();
  }

  /** Of a dimension, how many figures the list lacks, and how many values are watched by none. */
  String notShown(String dimension) {
    long figures =
        audit.findings().stream()
            .filter(one -> one.figure().dimension().equals(dimension))
            .filter(one -> one.window().seen().outOf() > 0)
            .count();
    long watched =
        audit.findings().stream()
            .filter(one -> one.figure().dimension().equals(dimension))
            .map(one -> one.figure().value())
            .distinct()
            .count();
    long unwatched =
        Math.max(0, Optional.ofNullable(audit.named().get(dimension)).orElse(0L) - watched);
    List<String> lacking = new ArrayList<>();
    if (figures > MOST_ROWS) {
      lacking.add("and %s more with smaller changes".formatted(Numbers.count(figures - MOST_ROWS)));
    }
    if (watched > 0 && unwatched > 0) {
      lacking.add("%s smaller ones are not watched".formatted(Numbers.count(unwatched)));
    }
    audit
        .of("exchange", "other_" + dimension + "s")
        .ifPresent(
            others ->
                lacking.add(
                    "%s exchanges of further ones are counted together"
                        .formatted(Numbers.count(others.exchanges()))));
    return lacking.isEmpty() ? "" : "; " + String.join("; ", lacking);
  }

  Optional<HeatMap> heatMap() {
    return HeatMap.of(audit);
  }

  Optional<SeverityShares> severities() {
    return SeverityShares.of(audit);
  }

  List<Timeline> timelines() {
    return NightLines.of(audit);
  }

  /** Mean confidence of each side. */
  String confidence() {
    List<String> parts = new ArrayList<>();
    for (String side : List.of("response", "prompt")) {
      audit
          .of(side, "all")
          .flatMap(CountRow::confidence)
          .ifPresent(
              mean ->
                  parts.add(
                      "%s on %s"
                          .formatted(
                              Numbers.share(mean), side.equals("prompt") ? "prompts" : "replies")));
    }
    return parts.isEmpty()
        ? ""
        : "Mean confidence, the larger of P(harmful) and P(harmless): "
            + String.join(", ", parts)
            + ". A verdict is unsure below "
            + audit.settings().counting().lowConfidence()
            + ".";
  }

  /** What people found in a sample; empty where nobody was asked. */
  Optional<MeasuredSection> measured() {
    return MeasuredSection.of(audit);
  }

  /** Exchanges that are in no figure above: of the night, and those of nights to come. */
  Map<String, String> apart() {
    Map<String, String> apart = new LinkedHashMap<>();
    apart(apart, "source_deleted", "no longer in the corpus");
    apart(apart, "undated", "without a time, by when they were labelled");
    apart(apart, "other_models", "labelled by another model than the night's");
    audit
        .of("exchange", "all")
        .filter(all -> all.skipped() > 0)
        .ifPresent(
            all ->
                apart.put(
                    "not judged: no text, another language, too long",
                    Numbers.count(all.skipped())));
    if (audit.ahead() > 0) {
      apart.put("dated after the day of the audit", Numbers.count(audit.ahead()));
    }
    return apart;
  }

  private void apart(Map<String, String> apart, String part, String words) {
    audit.of("exchange", part).ifPresent(row -> apart.put(words, Numbers.count(row.exchanges())));
  }

  List<NightRun> runs() {
    return audit.runs();
  }

  static String settings(NightRun run) {
    return Cut.to(
        MOST_TEXT,
        run.settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(entry -> entry.getKey() + "=" + entry.getValue())
            .reduce((one, other) -> one + " " + other)
            .orElse(""));
  }

  static String name(String text) {
    return Cut.to(MOST_NAME, text);
  }

  /** How it was made, name by name. */
  Map<String, String> method() {
    Map<String, String> method = new LinkedHashMap<>();
    method.put("Output", audit.output());
    audit
        .of("exchange", "all")
        .ifPresent(
            all -> {
              method.put("Model", all.model().id());
              method.put("Revision", all.model().revision());
              method.put("Prompts", all.model().promptPack());
            });
    method.put("Figures", Numbers.count(audit.findings().size()) + " watched");
    method.put(
        "Compared",
        "with %d days before the night but for the last %d"
            .formatted(
                audit.settings().thresholds().windowNights(),
                audit.settings().thresholds().gapNights()));
    method.put(
        "Nights",
        audit.whole().isEmpty()
            ? "none"
            : "from "
                + audit.whole().stream()
                    .map(CountRow::night)
                    .min(LocalDate::compareTo)
                    .orElseThrow());
    method.put("Command", making.command());
    Map<String, String> bounded = new LinkedHashMap<>();
    method.forEach((name, value) -> bounded.put(name, Cut.to(MOST_TEXT, value)));
    return bounded;
  }

  /** What an alarm means, in sentences. */
  String promise() {
    return ("An alarm needs a change of at least %s of what is usual and of at least %s percentage points of harm"
            + " (%s of errors and the like; of the volume a drop by %s), and evidence that takes into account how much"
            + " figures vary from night to night. While nothing changes, at least %s nights pass on average until any"
            + " of the figures is taken for a change. Usual is the middle of the nights compared with; in brackets is"
            + " where 19 of 20 usual nights lie, so of many figures some are outside on any night. To watch is what"
            + " changed by much or for certain, but not both; it asks for nothing yet, nor does a little up or down,"
            + " which is neither. Too few are cases that are not enough to compare; learning is what has fewer than"
            + " %s nights to compare with. Severe replies are those of severity %s and above.")
        .formatted(
            Numbers.percent(audit.settings().thresholds().relativeChange()),
            100 * audit.settings().thresholds().absoluteChange(),
            100 * audit.settings().thresholds().qualityChange(),
            Numbers.percent(audit.settings().thresholds().volumeDrop()),
            Numbers.count(audit.settings().thresholds().nightsToFalseAlarm()),
            audit.settings().thresholds().learningNights(),
            audit.settings().counting().severeFrom());
  }
}

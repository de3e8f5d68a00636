package io.bingoguard.audit;

import io.bingoguard.audit.alarm.Comparison;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Verdict;
import io.bingoguard.audit.metric.CountRow;
import io.bingoguard.audit.metric.NightModel;
import io.bingoguard.page.Words;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The alarms of a night: those of figures, and those that are not about harm at all. */
final class NightAlarms {
  /** Nights are missed only where they usually come: on nine days of ten. */
  private static final double REGULAR = 0.9;

  private static final int MOST_NAMED = 5;

  private final LocalDate night;
  private final TreeMap<LocalDate, CountRow> nights = new TreeMap<>();
  private final FigureWords words;
  private final NightQuery query;
  private final AuditSettings settings;

  NightAlarms(
      LocalDate night,
      List<CountRow> whole,
      FigureWords words,
      NightQuery query,
      AuditSettings settings) {
    this.night = night;
    whole.stream()
        .filter(row -> row.isAll() && row.side().equals("exchange"))
        .forEach(row -> nights.put(row.night(), row));
    this.words = words;
    this.query = query;
    this.settings = settings;
  }

  /** There is nothing to audit. */
  static Alarm noLabels(String output) {
    return new Alarm(
        "no_labels",
        "No labels at all: the output " + output + " holds none, so nothing is known of any night.",
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  /**
   * All of them.
   *
   * @param today where the newest night was taken for want of another: the day it is held against
   */
  List<Alarm> of(List<FigureFinding> findings, Optional<LocalDate> today) {
    List<Alarm> alarms = new ArrayList<>();
    today.flatMap(this::outdated).ifPresent(alarms::add);
    missing().ifPresent(alarms::add);
    modelChanged().ifPresent(alarms::add);
    findings.stream()
        .filter(one -> one.window().verdict() == Verdict.ALARM)
        .map(this::ofFigure)
        .forEach(alarms::add);
    return alarms;
  }

  private Optional<Alarm> outdated(LocalDate today) {
    long days = ChronoUnit.DAYS.between(night, today);
    return days <= settings.expectedWithinDays()
        ? Optional.empty()
        : Optional.of(
            missing(
                "No labels since: the newest whole night is %s, %,d days ago."
                    .formatted(night, days),
                night.plusDays(1)));
  }

  private Optional<Alarm> missing() {
    Optional<LocalDate> before = Optional.ofNullable(nights.lowerKey(night));
    if (!nights.containsKey(night)) {
      return Optional.of(
          missing(
              "No labels of the night %s.".formatted(night),
              before.map(last -> last.plusDays(1)).orElse(night)));
    }
    return before
        .filter(last -> last.isBefore(night.minusDays(1)) && isRegular(last))
        .map(
            last ->
                missing(
                    "No labels of %s.".formatted(days(last.plusDays(1), night.minusDays(1))),
                    last.plusDays(1)));
  }

  private Alarm missing(String message, LocalDate since) {
    return new Alarm(
        "missing_night",
        message,
        Optional.of(since),
        Optional.empty(),
        Optional.of(query.volume(night)));
  }

  private static String days(LocalDate first, LocalDate last) {
    List<LocalDate> days = first.datesUntil(last.plusDays(1)).toList();
    String named =
        days.stream().limit(MOST_NAMED).map(LocalDate::toString).collect(Collectors.joining(", "));
    return days.size() > MOST_NAMED
        ? named + " and %,d more".formatted(days.size() - MOST_NAMED)
        : named;
  }

  /** Whether nights come every day, of the window or of as much of it as there is. */
  private boolean isRegular(LocalDate last) {
    LocalDate window = last.minusDays(settings.thresholds().windowNights() - 1L);
    LocalDate first = window.isBefore(nights.firstKey()) ? nights.firstKey() : window;
    long days = ChronoUnit.DAYS.between(first, last) + 1;
    return days >= settings.thresholds().learningNights()
        && nights.subMap(first, true, last, true).size() >= REGULAR * days;
  }

  private Optional<Alarm> modelChanged() {
    Map.Entry<LocalDate, CountRow> before = nights.lowerEntry(night);
    CountRow now = nights.get(night);
    if (before == null || now == null || before.getValue().model().equals(now.model())) {
      return Optional.empty();
    }
    return Optional.of(
        new Alarm(
            "model_changed",
            changed(before.getValue().model(), now.model())
                + " Figures of nights before are another model's, so no change of harm is told until there are enough nights of this one.",
            Optional.of(night),
            Optional.empty(),
            Optional.empty()));
  }

  private static String changed(NightModel before, NightModel now) {
    if (!before.id().equals(now.id())) {
      return "The model changed from %s to %s.".formatted(before.id(), now.id());
    }
    if (!before.revision().equals(now.revision())) {
      return "The files of the model %s changed under the same name.".formatted(now.id());
    }
    return "The prompt pack of the model %s changed from %s to %s."
        .formatted(now.id(), before.promptPack(), now.promptPack());
  }

  private Alarm ofFigure(FigureFinding finding) {
    Measure measure = finding.figure().measure();
    Comparison usual = finding.window().comparison().orElseThrow();
    String message =
        "%s; %s."
            .formatted(
                Words.capitalized(words.told(finding)),
                FigureWords.change(measure, FigureWords.figure(finding), usual));
    return new Alarm(
        measure.alarm(),
        message,
        finding.window().since(),
        Optional.of(finding),
        Optional.of(
            measure == Measure.VOLUME
                ? query.volume(night)
                : query.of(finding.figure(), night, nights.get(night).model())));
  }
}

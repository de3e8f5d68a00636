package io.bingoguard.audit;

import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Verdict;
import io.bingoguard.audit.metric.CategoryCell;
import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.CountRow;
import io.bingoguard.audit.metric.NightRun;
import io.bingoguard.table.ReviewedSample;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an audit of one night found.
 *
 * @param output the output that was audited
 * @param night the day; empty where there are no labels at all
 * @param clock by which nights are told
 * @param alarms what somebody is to be woken for
 * @param findings every figure that is watched, as far as the night has it
 * @param evidenceNeeded that an alarm needs
 * @param whole counts of all exchanges, night by night, and of those that count apart
 * @param cells harmful messages of the night by category and severity
 * @param usualCells those of the nights before, together
 * @param named how many sources and languages the night is counted by
 * @param ahead exchanges that the corpus dates after the day of the audit
 * @param runs that labelled the night
 * @param reviews what people found in a sample of labels, if they were asked: of the night's model,
 *     or of another where there are none of it
 * @param words names of figures
 * @param settings how it was made
 */
public record NightAudit(
    String output,
    Optional<LocalDate> night,
    Optional<Clock> clock,
    List<Alarm> alarms,
    List<FigureFinding> findings,
    double evidenceNeeded,
    List<CountRow> whole,
    List<CategoryCell> cells,
    List<CategoryCell> usualCells,
    Map<String, Long> named,
    long ahead,
    List<NightRun> runs,
    Optional<ReviewedSample> reviews,
    FigureWords words,
    AuditSettings settings) {
  public NightAudit {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(night, "night");
    Objects.requireNonNull(clock, "clock");
    alarms = List.copyOf(alarms);
    findings = List.copyOf(findings);
    whole = List.copyOf(whole);
    cells = List.copyOf(cells);
    usualCells = List.copyOf(usualCells);
    named = Map.copyOf(named);
    runs = List.copyOf(runs);
    Objects.requireNonNull(reviews, "reviews");
    Objects.requireNonNull(words, "words");
    Objects.requireNonNull(settings, "settings");
  }

  static NightAudit ofNothing(String output, Alarm alarm, AuditSettings settings) {
    return new NightAudit(
        output,
        Optional.empty(),
        Optional.empty(),
        List.of(alarm),
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        Map.of(),
        0,
        List.of(),
        Optional.empty(),
        new FigureWords(Map.of()),
        settings);
  }

  /** Alarms that were told before and go on. */
  public List<FigureFinding> continuing() {
    return having(Verdict.CONTINUING);
  }

  /** Figures with a verdict against the nights before. */
  public List<FigureFinding> having(Verdict verdict) {
    return findings.stream().filter(one -> one.window().verdict() == verdict).toList();
  }

  /** Counts of the night of one part. */
  public Optional<CountRow> of(String side, String dimension) {
    return whole.stream()
        .filter(row -> night.isPresent() && row.night().equals(night.get()))
        .filter(row -> row.side().equals(side) && row.dimension().equals(dimension))
        .findFirst();
  }
}

package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * All figures watched together: one needs the more evidence the more there are, so that what is
 * promised of false alarms holds for all of them (Bonferroni's correction of e-values).
 */
public final class Watch {
  private final Thresholds thresholds;
  private final double needed;
  private final Map<Figure, List<Observation>> nights;

  /**
   * Figures that are to be watched.
   *
   * @param nights of each figure, in any order
   */
  public Watch(Thresholds thresholds, Map<Figure, List<Observation>> nights) {
    this.thresholds = Objects.requireNonNull(thresholds, "thresholds");
    this.nights = Map.copyOf(nights);
    this.needed = (double) thresholds.nightsToFalseAlarm() * Math.max(1, nights.size());
  }

  /** Evidence that an alarm needs. */
  public double evidenceNeeded() {
    return needed;
  }

  /** What a night comes to, of every figure that it has. */
  public List<FigureFinding> at(LocalDate night) {
    List<FigureFinding> findings = new ArrayList<>();
    nights.forEach(
        (figure, all) -> {
          List<Observation> until = until(night, all);
          if (!until.isEmpty() && until.get(until.size() - 1).night().equals(night)) {
            List<Finding> window = new WindowWatch(figure, thresholds, needed).findings(until);
            findings.add(
                new FigureFinding(
                    figure,
                    window.get(window.size() - 1),
                    new BaselineWatch(figure, thresholds, needed).finding(until),
                    until));
          }
        });
    findings.sort(
        Comparator.comparing((FigureFinding one) -> one.figure().measure())
            .thenComparing(one -> one.figure().side())
            .thenComparing(one -> one.figure().dimension())
            .thenComparing(one -> one.figure().value().orElse("")));
    return findings;
  }

  private static List<Observation> until(LocalDate night, List<Observation> all) {
    return all.stream()
        .filter(one -> !one.night().isAfter(night))
        .sorted(Comparator.comparing(Observation::night))
        .toList();
  }
}

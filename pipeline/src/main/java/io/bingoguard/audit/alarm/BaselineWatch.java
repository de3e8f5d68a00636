package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * One figure watched against a time that stays, which tells of changes so slow that the window goes
 * along with them. It wakes nobody: what has drifted once would go on to do so every night.
 */
final class BaselineWatch {
  private final Figure figure;
  private final Thresholds thresholds;
  private final double needed;

  BaselineWatch(Figure figure, Thresholds thresholds, double needed) {
    this.figure = figure;
    this.thresholds = thresholds;
    this.needed = needed;
  }

  /**
   * What the last night comes to.
   *
   * @param nights by date, at least one
   */
  Finding finding(List<Observation> nights) {
    Observation last = nights.get(nights.size() - 1);
    List<Observation> alike =
        nights.stream()
            .filter(one -> one.model().equals(last.model()))
            .filter(one -> !figure.measure().isRate() || one.outOf() > 0)
            .toList();
    if (alike.isEmpty() || !alike.get(alike.size() - 1).equals(last)) {
      return Finding.without(last, Verdict.RARE);
    }
    Thresholds.Period period = thresholds.baseline().orElseGet(() -> first(alike.get(0).night()));
    List<Observation> baseline =
        alike.stream().filter(one -> period.has(one.night()) && !one.equals(last)).toList();
    if (baseline.size() < Math.max(2, thresholds.learningNights()) || period.has(last.night())) {
      return Finding.without(last, Verdict.LEARNING);
    }
    Reference reference = Reference.of(figure.measure(), baseline, thresholds.leastVariation());
    EvidenceDetector detector = new EvidenceDetector(figure.measure().direction());
    alike.stream()
        .filter(one -> one.night().isAfter(period.to()))
        .forEach(
            one -> detector.add(one.night(), reference.distance(one), reference.distribution()));
    Comparison comparison = Comparison.of(reference, last, detector);
    double seen = figure.measure().isRate() ? WindowWatch.rate(last) : last.seen();
    boolean effect = thresholds.isEffect(figure.measure(), seen, comparison.usual());
    boolean certain =
        detector.value() >= needed && detector.isRise() == (seen > comparison.usual());
    return new Finding(
        last,
        Optional.of(comparison),
        effect && certain ? Verdict.DRIFTED : Verdict.STEADY,
        detector.since());
  }

  private Thresholds.Period first(LocalDate night) {
    return new Thresholds.Period(night, night.plusDays(thresholds.windowNights() - 1L));
  }
}

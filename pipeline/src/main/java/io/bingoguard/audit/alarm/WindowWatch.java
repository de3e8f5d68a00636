package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One figure watched through its nights, each against the trailing window before it. It is always
 * watched from the first night on, so what it says of a night does not depend on when it was asked.
 */
final class WindowWatch {
  private final Figure figure;
  private final Thresholds thresholds;
  private final double needed;
  private final EvidenceDetector detector;
  private Optional<LocalDate> told = Optional.empty();
  private Optional<LocalDate> began = Optional.empty();
  private boolean toldOfRise;

  /**
   * Before the first night.
   *
   * @param needed evidence that an alarm needs
   */
  WindowWatch(Figure figure, Thresholds thresholds, double needed) {
    this.figure = figure;
    this.thresholds = thresholds;
    this.needed = needed;
    this.detector = new EvidenceDetector(figure.measure().direction());
  }

  /**
   * What each night comes to.
   *
   * @param nights by date
   */
  List<Finding> findings(List<Observation> nights) {
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < nights.size(); i++) {
      if (i > 0 && !nights.get(i).model().equals(nights.get(i - 1).model())) {
        detector.restart();
        told = Optional.empty();
      }
      findings.add(finding(nights.get(i), nights.subList(0, i)));
    }
    return findings;
  }

  private Finding finding(Observation night, List<Observation> before) {
    if (figure.measure().isRate() && night.outOf() == 0) {
      return Finding.without(night, Verdict.RARE);
    }
    List<Observation> compared = before.stream().filter(one -> isCompared(one, night)).toList();
    if (compared.size() < Math.max(2, thresholds.learningNights())) {
      return Finding.without(night, Verdict.LEARNING);
    }
    Reference reference = Reference.of(figure.measure(), compared, thresholds.leastVariation());
    // Only by what was known before the cases were counted, or chance would choose its nights.
    if (isRare(reference, night)) {
      return Finding.without(night, Verdict.RARE);
    }
    detector.add(night.night(), reference.distance(night), reference.distribution());
    Comparison comparison = Comparison.of(reference, night, detector);
    Optional<LocalDate> since = detector.since();
    Verdict verdict = verdict(night, comparison);
    return new Finding(
        night,
        Optional.of(comparison),
        verdict,
        verdict == Verdict.ALARM || verdict == Verdict.CONTINUING ? began : since);
  }

  private Verdict verdict(Observation night, Comparison comparison) {
    double figureSeen = figure.measure().isRate() ? rate(night) : night.seen();
    boolean rise = figureSeen > comparison.usual();
    boolean effect = thresholds.isEffect(figure.measure(), figureSeen, comparison.usual());
    boolean certain = detector.value() >= needed;
    boolean toldLately =
        rise == toldOfRise
            && told.isPresent()
            && ChronoUnit.DAYS.between(told.get(), night.night()) < thresholds.patienceNights();
    if (effect && certain && detector.isRise() == rise) {
      LocalDate since = detector.since().orElse(night.night());
      detector.restart();
      if (toldLately) {
        return Verdict.CONTINUING;
      }
      if (told.isEmpty() || rise != toldOfRise || !isContinued(night)) {
        began = Optional.of(since);
      }
      told = Optional.of(night.night());
      toldOfRise = rise;
      return Verdict.ALARM;
    }
    if (effect && toldLately) {
      return Verdict.CONTINUING;
    }
    return effect || certain ? Verdict.WATCH : Verdict.STEADY;
  }

  /** Whether an alarm that is told again is the old one. */
  private boolean isContinued(Observation night) {
    return told.isPresent()
        && ChronoUnit.DAYS.between(told.get(), night.night()) <= thresholds.patienceNights();
  }

  static double rate(Observation night) {
    return (double) night.seen() / night.outOf();
  }

  private boolean isRare(Reference reference, Observation night) {
    double atAlarm =
        Math.max(
            reference.usual() + thresholds.absoluteChange(figure.measure()),
            reference.usual() * (1 + thresholds.relativeChange()));
    double cases = figure.measure().isRate() ? atAlarm * night.outOf() : reference.usual();
    return cases < thresholds.leastCount();
  }

  private boolean isCompared(Observation one, Observation night) {
    long days = ChronoUnit.DAYS.between(one.night(), night.night()) - thresholds.gapNights();
    return days > 0
        && days <= thresholds.windowNights()
        && one.model().equals(night.model())
        && (!figure.measure().isRate() || one.outOf() > 0);
  }
}

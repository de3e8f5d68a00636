package io.bingoguard.audit.alarm;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class AlarmSimulationTest {
  private static final int TIMES = 20;

  @Test
  void noiseIsTakenForAChangeNoMoreOftenThanStated() {
    double allowed =
        (double) AlarmSimulation.watchedNights(TIMES) / Thresholds.USUAL.nightsToFalseAlarm();

    assertThat(AlarmSimulation.falseAlarms(TIMES, 0.05)).isLessThanOrEqualTo((long) allowed);
    assertThat(AlarmSimulation.falseAlarms(TIMES, 0.15)).isLessThanOrEqualTo((long) allowed);
  }

  @Test
  void changesAreToldOnTheFirstOrTheSecondNight() {
    assertThat(told(seed -> AlarmSimulation.doubledSource(seed, 0.1))).isEqualTo(TIMES);
    assertThat(told(seed -> AlarmSimulation.lostVolume(seed, 0.1))).isEqualTo(TIMES);
    assertThat(told(seed -> AlarmSimulation.risenCategory(seed, 400_000, 0.05)))
        .isGreaterThanOrEqualTo(TIMES - 1);
  }

  @Test
  void aChangeThatGoesOnIsToldAgainOnlyAfterDays() {
    List<Observation> nights =
        new SimulatedNights(7).rates(80, 20_000, night -> night < 60 ? 0.02 : 0.05, 0.05);

    List<Finding> findings =
        new WindowWatch(Figure.ofAll(Measure.HARMFUL, "response"), Thresholds.USUAL, 365)
            .findings(nights);

    assertThat(findings.get(60).verdict()).isEqualTo(Verdict.ALARM);
    assertThat(findings.get(60).since()).contains(SimulatedNights.day(60));
    assertThat(findings.subList(61, 66))
        .extracting(Finding::verdict)
        .containsOnly(Verdict.CONTINUING);
    assertThat(findings.subList(61, 66))
        .extracting(Finding::since)
        .containsOnly(Optional.of(SimulatedNights.day(60)));
  }

  @Test
  void ofAMillionMessagesASmallDifferenceIsNoAlarm() {
    List<Observation> nights =
        new SimulatedNights(3).rates(100, 1e6, night -> night < 60 ? 0.03 : 0.0325, 0.03);

    assertThat(
            new WindowWatch(Figure.ofAll(Measure.HARMFUL, "response"), Thresholds.USUAL, 365)
                .findings(nights))
        .extracting(Finding::verdict)
        .doesNotContain(Verdict.ALARM, Verdict.CONTINUING);
  }

  @Test
  void aSlowDriftIsSeenAgainstTheBaseline() {
    Figure figure = Figure.ofAll(Measure.HARMFUL, "response");
    List<Observation> nights =
        new SimulatedNights(5).rates(200, 20_000, night -> 0.03 * (1 + night / 200.0), 0.03);
    Watch watch = new Watch(Thresholds.USUAL, Map.of(figure, nights));

    FigureFinding last = watch.at(SimulatedNights.day(199)).get(0);

    assertThat(last.baseline().verdict()).isEqualTo(Verdict.DRIFTED);
    assertThat(last.window().verdict()).isNotEqualTo(Verdict.ALARM);
  }

  @Test
  void nightsOfAnotherModelAreNothingToCompareWith() {
    List<Observation> nights =
        new SimulatedNights(11)
            .rates(60, 20_000, night -> 0.02, 0.05).stream()
                .map(
                    night ->
                        night.night().isBefore(SimulatedNights.day(50))
                            ? night
                            : new Observation(
                                night.night(), 5 * night.seen(), night.outOf(), "other"))
                .toList();

    assertThat(
            new WindowWatch(Figure.ofAll(Measure.HARMFUL, "response"), Thresholds.USUAL, 365)
                .findings(nights)
                .subList(50, 60))
        .extracting(Finding::verdict)
        .containsOnly(Verdict.LEARNING);
  }

  @Test
  void ratesOfTooFewCasesAreNotJudged() {
    List<Observation> nights = new SimulatedNights(13).rates(60, 200, night -> 0.01, 0);

    assertThat(
            new WindowWatch(Figure.ofAll(Measure.HARMFUL, "response"), Thresholds.USUAL, 365)
                .findings(nights)
                .subList(25, 60))
        .extracting(Finding::verdict)
        .containsOnly(Verdict.RARE);
  }

  private static long told(LongFunction<Optional<Integer>> simulation) {
    return LongStream.range(0, TIMES)
        .mapToObj(simulation)
        .filter(night -> night.isPresent() && night.get() <= 2)
        .count();
  }
}

package io.bingoguard.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.CountRow;
import io.bingoguard.audit.metric.NightModel;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class NightAlarmsTest {
  private static final LocalDate NIGHT = LocalDate.of(2026, 3, 1);
  private static final NightModel MODEL = new NightModel("guard", "sha-1", "pack/1/aa");

  @Test
  void aModelThatChangedWithoutAWordIsToldAndOnlyOnce() {
    NightModel silent = new NightModel("guard", "sha-2", "pack/1/aa");

    assertThat(of(NIGHT, nights(NIGHT, 40, MODEL, silent)))
        .singleElement()
        .satisfies(
            alarm -> {
              assertThat(alarm.kind()).isEqualTo("model_changed");
              assertThat(alarm.message())
                  .contains("files of the model guard changed under the same name");
              assertThat(alarm.since()).contains(NIGHT);
            });
    assertThat(of(NIGHT, nights(NIGHT, 40, silent, silent))).isEmpty();
  }

  @Test
  void aChangedPackIsToldByBothNames() {
    NightModel other = new NightModel("guard", "sha-1", "pack/2/bb");

    assertThat(of(NIGHT, nights(NIGHT, 40, MODEL, other)))
        .extracting(Alarm::message)
        .singleElement()
        .asString()
        .contains("prompt pack", "pack/1/aa", "pack/2/bb");
  }

  @Test
  void nightsThatAreMissingAreToldWhereNightsComeEveryDay() {
    List<CountRow> gap = nights(NIGHT.minusDays(3), 60, MODEL, MODEL);
    List<CountRow> resumed = Stream.concat(gap.stream(), Stream.of(row(NIGHT, MODEL))).toList();

    assertThat(of(NIGHT, resumed))
        .extracting(Alarm::kind, Alarm::message)
        .containsExactly(tuple("missing_night", "No labels of 2026-02-27, 2026-02-28."));
    assertThat(of(NIGHT, gap))
        .extracting(Alarm::message, alarm -> alarm.since().orElseThrow())
        .containsExactly(tuple("No labels of the night 2026-03-01.", LocalDate.of(2026, 2, 27)));
    List<CountRow> young = nights(NIGHT.minusDays(2), 21, MODEL, MODEL);
    assertThat(of(NIGHT, Stream.concat(young.stream(), Stream.of(row(NIGHT, MODEL))).toList()))
        .extracting(Alarm::message)
        .containsExactly("No labels of 2026-02-28.");

    List<CountRow> weekly =
        Stream.iterate(NIGHT, day -> day.minusDays(7))
            .limit(10)
            .map(day -> row(day, MODEL))
            .toList();
    assertThat(of(NIGHT, weekly)).isEmpty();
  }

  @Test
  void theNewestNightMustNotBeOld() {
    List<CountRow> nights = nights(NIGHT, 40, MODEL, MODEL);

    assertThat(alarms(NIGHT, nights).of(List.of(), Optional.of(NIGHT.plusDays(2)))).isEmpty();
    assertThat(alarms(NIGHT, nights).of(List.of(), Optional.of(NIGHT.plusDays(3))))
        .extracting(Alarm::message)
        .containsExactly("No labels since: the newest whole night is 2026-03-01, 3 days ago.");
  }

  private static List<Alarm> of(LocalDate night, List<CountRow> rows) {
    return alarms(night, rows).of(List.of(), Optional.empty());
  }

  private static NightAlarms alarms(LocalDate night, List<CountRow> rows) {
    return new NightAlarms(
        night,
        rows,
        new FigureWords(Map.of()),
        new NightQuery("/out/labels", Clock.OCCURRED_AT, 3, 0.75),
        AuditSettings.USUAL);
  }

  /** Nights up to one, which has a model of its own. */
  private static List<CountRow> nights(
      LocalDate last, int count, NightModel before, NightModel atLast) {
    return Stream.iterate(last, day -> day.minusDays(1))
        .limit(count)
        .map(day -> row(day, day.equals(last) ? atLast : before))
        .toList();
  }

  private static CountRow row(LocalDate night, NightModel model) {
    return new CountRow(
        night,
        "exchange",
        "all",
        Optional.empty(),
        100,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        0,
        Optional.empty(),
        model);
  }
}

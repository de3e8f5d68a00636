package io.bingoguard.audit.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.audit.Alarm;
import io.bingoguard.audit.AuditSettings;
import io.bingoguard.audit.FigureWords;
import io.bingoguard.audit.NightAudit;
import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Observation;
import io.bingoguard.audit.alarm.SimulatedNights;
import io.bingoguard.audit.alarm.Thresholds;
import io.bingoguard.audit.alarm.Verdict;
import io.bingoguard.audit.alarm.Watch;
import io.bingoguard.audit.metric.CategoryCell;
import io.bingoguard.audit.metric.Clock;
import io.bingoguard.audit.metric.CountRow;
import io.bingoguard.audit.metric.NightModel;
import io.bingoguard.audit.metric.NightRun;
import io.bingoguard.page.PageMaking;
import io.bingoguard.table.ReviewFigure;
import io.bingoguard.table.ReviewedSample;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AuditPageTest {
  private static final String HOSTILE = "</td><script>alert('\"&')</script><img src=//x onerror=y>";
  private static final LocalDate NIGHT = SimulatedNights.day(399);

  @Test
  void saysFirstWhetherToActAndThenWhatChangedAndWhere() {
    String page =
        page(audit(3, "web", List.of(alarm("Harmful replies: 9%, usually 4%, up 125%."))));

    assertThat(page)
        .containsSubsequence(
            "Night of 2027-02-04",
            "Act: Harmful replies: 9%, usually 4%, up 125%.",
            "What to act on",
            "SELECT conversation_id",
            "The night",
            "Harmful replies",
            "Through the nights",
            "<svg",
            "Sources",
            "web 0",
            "Categories",
            "S1 Harm &amp; more",
            "Severity of harmful replies",
            "How well it was judged",
            "Measured by people",
            "People reviewed 90 of 100 messages that were sampled on 1970-01-01, and differ on 4.",
            "Harmful of those judged harmful",
            "80.0%",
            "70.0% to 90.0%",
            "S1 Harm &amp; more",
            "Runs",
            "How to read this",
            "at least 365 nights");
    assertThat(page(audit(3, "web", List.of()))).contains("Nothing to act on: harmful replies:");
  }

  @Test
  void anAlarmSaysHowMuchHowSureAndSinceWhenAndIsDrawnThroughTheNights() {
    Figure figure = new Figure(Measure.HARMFUL, "response", "source", Optional.of("api"));
    List<Observation> nights =
        new SimulatedNights(2).rates(400, 1000, night -> night == 399 ? 0.4 : 0.04, 0.05);
    FigureFinding finding = new Watch(Thresholds.USUAL, Map.of(figure, nights)).at(NIGHT).get(0);
    assertThat(finding.window().verdict()).isEqualTo(Verdict.ALARM);
    Alarm alarm =
        new Alarm("harm", "More.", Optional.of(NIGHT), Optional.of(finding), Optional.empty());

    String page = page(audit(1, "web", List.of(alarm)));

    assertThat(page)
        .containsSubsequence(
            "What to act on",
            "More.",
            "New on this night.",
            "507 of 1,140, where 47 are usual.",
            "aria-label=\"Harmful replies from source api\"",
            "How sure: evidence of 13,613, where 1,000 is needed",
            "Of the other figures",
            "The night");
  }

  @Test
  void doesNotShowReviewsOfAnotherModelAsThoseOfTheNight() {
    NightAudit audit = audit(3, "web", List.of());
    NightAudit others =
        new NightAudit(
            audit.output(),
            audit.night(),
            audit.clock(),
            audit.alarms(),
            audit.findings(),
            audit.evidenceNeeded(),
            audit.whole(),
            audit.cells(),
            audit.usualCells(),
            audit.named(),
            2,
            audit.runs(),
            Optional.of(reviews("other", 3, "other")),
            audit.words(),
            audit.settings());

    assertThat(page(others))
        .contains("Exchanges dated after the day of the audit")
        .contains("Reviews were of the labels of another model, other,")
        .doesNotContain("Harmful of those judged harmful");
  }

  @Test
  void needsNothingElseAndTakesNothingForMarkup() {
    String page = page(audit(30, HOSTILE, List.of(alarm(HOSTILE))));

    assertThat(page)
        .startsWith("<!doctype html>")
        .contains("prefers-color-scheme: dark", "@media print", "default-src 'none'")
        .doesNotContain("<script", "<link", "<img", "http://", "https://", "url(", "@import");
  }

  @Test
  void staysSmallWhateverTheData() {
    List<Alarm> alarms = Collections.nCopies(5000, alarm("&".repeat(5000)));

    String page = page(audit(300, "'".repeat(5000), alarms));

    assertThat(page.getBytes(StandardCharsets.UTF_8)).hasSizeLessThan(AuditPage.MOST_BYTES);
    assertThat(page).contains("And 4980 more.", "and 275 more with smaller changes");
  }

  @Test
  void withoutLabelsItSaysSo() {
    NightAudit nothing =
        new NightAudit(
            "/out",
            Optional.empty(),
            Optional.empty(),
            List.of(alarm("No labels at all.")),
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
            AuditSettings.USUAL);

    assertThat(page(nothing))
        .contains("Act: No labels at all.")
        .doesNotContain("Through the nights");
  }

  private static String page(NightAudit audit) {
    return AuditPage.of(
        audit, new PageMaking(Instant.EPOCH, "1.2.3", "bingoguard audit --output out"));
  }

  private static ReviewedSample reviews(String revision, int categories, String name) {
    List<ReviewFigure> figures = new ArrayList<>();
    ReviewFigure.Counts counts = new ReviewFigure.Counts(9_000, 100, 90, 130, 4, 5, 5);
    Optional<ReviewFigure.Measured> measured =
        Optional.of(new ReviewFigure.Measured(0.8, 0.7, 0.9));
    figures.add(figure("prevalence", Optional.empty(), measured, counts));
    figures.add(figure("precision", Optional.empty(), measured, counts));
    figures.add(figure("precision", Optional.of("S1"), measured, counts));
    for (int category = 0; category < categories; category++) {
      figures.add(figure("precision", Optional.of(name + category), Optional.empty(), counts));
    }
    return new ReviewedSample("sample", name, revision, name, Instant.EPOCH, figures);
  }

  private static ReviewFigure figure(
      String measure,
      Optional<String> category,
      Optional<ReviewFigure.Measured> measured,
      ReviewFigure.Counts counts) {
    return new ReviewFigure(
        "response",
        measure,
        "stratified",
        category,
        measured,
        Optional.empty(),
        Optional.of(0.9),
        counts);
  }

  private static Alarm alarm(String message) {
    return new Alarm(
        "harm",
        message,
        Optional.of(NIGHT),
        Optional.empty(),
        Optional.of("SELECT conversation_id FROM " + message.repeat(10)));
  }

  private static NightAudit audit(int sources, String name, List<Alarm> alarms) {
    SimulatedNights nights = new SimulatedNights(1);
    Map<Figure, List<Observation>> figures = new LinkedHashMap<>();
    figures.put(
        Figure.ofAll(Measure.HARMFUL, "response"), nights.rates(400, 10_000, night -> 0.04, 0.05));
    figures.put(Figure.ofAll(Measure.VOLUME, "exchange"), nights.counts(400, night -> 10_000, 0.1));
    figures.put(
        Figure.ofAll(Measure.ERRORS, "exchange"), nights.rates(400, 10_000, night -> 0.001, 0));
    for (int source = 0; source < sources; source++) {
      figures.put(
          new Figure(Measure.HARMFUL, "response", "source", Optional.of(name + " " + source)),
          nights.rates(400, 1000, night -> 0.04, 0.05));
    }
    figures.put(
        new Figure(Measure.HARMFUL, "response", "category", Optional.of("S1")),
        nights.rates(400, 10_000, night -> 0.02, 0.05));
    NightModel model = new NightModel(name, name, name);
    List<CategoryCell> cells = new ArrayList<>();
    cells.add(new CategoryCell("response", "S1", OptionalInt.of(3), 12));
    cells.add(new CategoryCell("response", "S1", OptionalInt.empty(), 2));
    for (int category = 0; category < sources; category++) {
      cells.add(new CategoryCell("response", name + category, OptionalInt.of(1), 3));
    }
    CountRow all =
        new CountRow(
            NIGHT,
            "exchange",
            "all",
            Optional.empty(),
            10_000,
            0,
            0,
            0,
            0,
            0,
            0,
            9,
            3,
            Optional.empty(),
            model);
    return new NightAudit(
        "/out",
        Optional.of(NIGHT),
        Optional.of(Clock.OCCURRED_AT),
        alarms,
        new Watch(Thresholds.USUAL, figures).at(NIGHT),
        1000,
        List.of(all),
        cells,
        cells,
        Map.of("source", 3L + sources),
        0,
        Collections.nCopies(
            20,
            new NightRun(
                name, 3, Optional.of(name), Optional.of(name), model, name, Map.of(name, name))),
        Optional.of(reviews(model.revision(), sources, name)),
        new FigureWords(Map.of("S1", "Harm & more")),
        AuditSettings.USUAL);
  }
}

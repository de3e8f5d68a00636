package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.Evaluation;
import io.bingoguard.evaluate.PublishedFigures;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Pages;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * An evaluation as one HTML file, which needs nothing else to be shown and has at most {@value
 * #MOST_BYTES} bytes: what is asked first comes first, then where the model is wrong.
 */
public final class EvaluationPage {
  /** No page is larger, whatever the data: everything in it is bounded. */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_NAME = 120;
  private static final int MOST_VALUE = 1000;
  private static final Set<String> AS_WORDS =
      Set.of(
          "Layout", "Cases", "Left out", "Judged", "Model", "Software", "Off format", "Intervals");
  private static final DateTimeFormatter DATE =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm 'UTC'", Locale.ROOT).withZone(ZoneOffset.UTC);

  private final Evaluation evaluation;
  private final PageDetails details;

  private EvaluationPage(Evaluation evaluation, PageDetails details) {
    this.evaluation = evaluation;
    this.details = details;
  }

  /** The file's text. */
  public static String of(Evaluation evaluation, PageDetails details) {
    return Pages.filled("evaluate/report/evaluation.jte", new EvaluationPage(evaluation, details));
  }

  String title() {
    return model() + " on " + datasetName();
  }

  String model() {
    return Cut.to(MOST_NAME, evaluation.subject().model());
  }

  /** The last part of the path. */
  private String datasetName() {
    String path = evaluation.subject().dataset().replaceAll("/+$", "");
    return Cut.to(MOST_NAME, path.substring(path.lastIndexOf('/') + 1));
  }

  String summary() {
    return String.join(
        " · ",
        Numbers.count(evaluation.subject().cases()) + " cases",
        "judged " + DATE.format(details.judgedAt()),
        "bingoguard-spark " + Cut.to(MOST_NAME, details.engineVersion()));
  }

  String footer() {
    return "bingoguard-spark "
        + Cut.to(MOST_NAME, details.engineVersion())
        + ", "
        + DATE.format(details.judgedAt());
  }

  Optional<String> notice() {
    return evaluation.subject().notice();
  }

  List<VerdictSection> verdicts() {
    return evaluation.verdicts().stream()
        .map(
            side ->
                new VerdictSection(
                    side,
                    details.wrong().stream()
                        .filter(one -> one.side().key().equals(side.side()))
                        .toList(),
                    details.texts()))
        .toList();
  }

  Optional<CategorySection> categories() {
    return evaluation
        .categories()
        .map(categories -> new CategorySection(categories, details.categoryNames()));
  }

  List<SeveritySection> severities() {
    return evaluation.severities().stream()
        .map(graded -> new SeveritySection(graded, details.categoryNames()))
        .toList();
  }

  /** Only sides that have published figures and are measured here. */
  List<PublishedSection> published() {
    return evaluation.verdicts().stream()
        .filter(side -> !published(side.side()).isEmpty())
        .map(side -> PublishedSection.of(side, model(), published(side.side())))
        .toList();
  }

  private List<PublishedFigures.Row> published(String side) {
    return evaluation.published().stream().filter(row -> row.side().equals(side)).toList();
  }

  String layout() {
    return evaluation.subject().layout();
  }

  /** Whether any side has cases with probabilities. */
  boolean probabilities() {
    return verdicts().stream().anyMatch(VerdictSection::calibrated);
  }

  /** Whether any side has figures beyond those that come first. */
  boolean furtherFigures() {
    return verdicts().stream().anyMatch(VerdictSection::bothClasses);
  }

  /** Whether what stands under a name is for machines. */
  static boolean asTyped(String name) {
    return !AS_WORDS.contains(name);
  }

  /** How it was measured, name by name. */
  Map<String, String> method() {
    Evaluation.Subject subject = evaluation.subject();
    Map<String, String> method = new LinkedHashMap<>();
    method.put("Data set", subject.dataset());
    method.put("Layout", subject.layout());
    method.put("Cases", Numbers.count(subject.cases()));
    if (!subject.leftOut().isEmpty()) {
      method.put("Left out", String.join("; ", subject.leftOut()));
    }
    method.put("Judged", DATE.format(details.judgedAt()));
    method.put("Model", subject.model());
    method.put("Revision", subject.revision());
    method.put("Prompts", subject.promptPack());
    method.put("Software", "bingoguard-spark " + details.engineVersion());
    method.put(
        "Off format",
        switch (subject.offFormat()) {
          case EXCLUDED -> "answers off format are in no figure";
          case AUTHORS -> "a verdict off format is harmful, a severity off format is 0";
        });
    method.put(
        "Intervals",
        subject.resamples() == 0
            ? "none asked for"
            : "95%, bootstrap of " + Numbers.count(subject.resamples()) + " draws");
    method.putAll(details.settings());
    method.put("Command", details.command());
    return bounded(method);
  }

  private static Map<String, String> bounded(Map<String, String> entries) {
    Map<String, String> bounded = new LinkedHashMap<>();
    entries.forEach(
        (name, value) -> bounded.put(Cut.to(MOST_NAME, name), Cut.to(MOST_VALUE, value)));
    return bounded;
  }
}

package io.bingoguard.compare.report;

import io.bingoguard.compare.Check;
import io.bingoguard.compare.ComparedLabels;
import io.bingoguard.compare.Decision;
import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.count.Coverage;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.PageMaking;
import io.bingoguard.page.Pages;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * A comparison as one HTML file, which needs nothing else to be shown and has at most {@value
 * #MOST_BYTES} bytes: the decision comes first, then what changed and where.
 */
public final class ComparisonPage {
  /** No page is larger, whatever the data: every list on it is bounded. */
  static final int MOST_BYTES = 1 << 20;

  private static final int MOST_SETTINGS = 40;
  private static final int MOST_VALUE = 200;
  private static final int MOST_TEXT = 1200;

  private final LabelComparison comparison;
  private final PageMaking making;

  private ComparisonPage(LabelComparison comparison, PageMaking making) {
    this.comparison = comparison;
    this.making = making;
  }

  /** The file's text. */
  public static String of(LabelComparison comparison, PageMaking making) {
    return Pages.filled("compare/report/comparison.jte", new ComparisonPage(comparison, making));
  }

  /**
   * A name and its values on both sides.
   *
   * @param style how it looks where they differ
   */
  record Row(String name, String before, String after, String style) {
    private static Row of(String name, String before, String after) {
      return new Row(
          Cut.to(MOST_VALUE, name),
          Cut.to(MOST_VALUE, before),
          Cut.to(MOST_VALUE, after),
          before.equals(after) ? "" : "own");
    }
  }

  String title() {
    return "Labels compared";
  }

  String verdict() {
    return Cut.to(MOST_TEXT, ComparisonVerdict.of(comparison));
  }

  /** Whether nobody should take the labels after for those before. */
  boolean act() {
    return comparison.decision().filter(decision -> decision != Decision.PASS).isPresent();
  }

  String summary() {
    return "%s labels of the same content, before by %s and after by %s"
        .formatted(
            Numbers.count(comparison.counts().coverage().matched()),
            Cut.to(MOST_VALUE, comparison.before().model().id()),
            Cut.to(MOST_VALUE, comparison.after().model().id()));
  }

  List<Check> checks() {
    return comparison.checks();
  }

  static String figure(Check check) {
    return "%s: %s".formatted(Figures.messages(check.side()), check.tolerance().words());
  }

  static String seen(Check check) {
    return ComparisonVerdict.seen(check);
  }

  static String interval(Check check) {
    return ComparisonVerdict.interval(check);
  }

  static String limit(Check check) {
    return ComparisonVerdict.limit(check);
  }

  static String decision(Check check) {
    return switch (check.decision()) {
      case PASS -> "\u2713 pass";
      case FAIL -> "\u25B2 fail";
      case UNDECIDED -> "\u25CB undecided";
    };
  }

  static String style(Check check) {
    return check.decision() == Decision.PASS ? "" : "own";
  }

  /** What was compared. */
  List<Row> labels() {
    List<Row> rows = new ArrayList<>();
    row(rows, "Output", ComparedLabels::output);
    row(rows, "Version of its labels", labels -> Long.toString(labels.version()));
    row(rows, "Model", labels -> labels.model().id());
    row(rows, "Revision", labels -> labels.model().revision());
    row(rows, "Prompts", labels -> labels.model().promptPack());
    row(rows, "Run", labels -> labels.run().orElse("all"));
    row(rows, "Labels", labels -> Numbers.count(labels.count()));
    row(rows, "Left out, no longer in the corpus", labels -> Numbers.count(labels.deleted()));
    return rows;
  }

  private void row(List<Row> rows, String name, Function<ComparedLabels, String> value) {
    rows.add(Row.of(name, value.apply(comparison.before()), value.apply(comparison.after())));
  }

  /** Settings, those that differ first. */
  List<Row> settings() {
    Set<String> differing = comparison.differingSettings();
    Set<String> keys = new TreeSet<>(comparison.before().settings().keySet());
    keys.removeAll(differing);
    List<String> ordered = new ArrayList<>(differing);
    ordered.addAll(keys);
    return ordered.stream().limit(MOST_SETTINGS).map(this::setting).toList();
  }

  private Row setting(String key) {
    return Row.of(
        key,
        comparison.before().settings().getOrDefault(key, "not set"),
        comparison.after().settings().getOrDefault(key, "not set"));
  }

  /** How much of both sides was compared. */
  Map<String, String> coverage() {
    Coverage coverage = comparison.counts().coverage();
    Map<String, String> rows = new LinkedHashMap<>();
    rows.put("Of the same content on both sides", Numbers.count(coverage.matched()));
    rows.put("Of these further copies of a content", Numbers.count(coverage.repeated()));
    rows.put("Of another content there", Numbers.count(coverage.otherContent()));
    rows.put("Before only", Numbers.count(coverage.onlyBefore()));
    rows.put("After only", Numbers.count(coverage.onlyAfter()));
    return rows;
  }

  List<SideSection> sides() {
    return comparison.counts().sides().stream()
        .map(side -> new SideSection(comparison, side))
        .toList();
  }

  String command() {
    return Cut.to(MOST_TEXT, making.command());
  }

  String footer() {
    return making.footer();
  }
}

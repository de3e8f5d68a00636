package io.bingoguard.compare.report;

import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.count.Flip;
import io.bingoguard.compare.count.Groups;
import io.bingoguard.compare.count.Shifts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.compare.count.Transitions;
import io.bingoguard.compare.count.VerdictState;
import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Histogram;
import io.bingoguard.page.Numbers;
import io.bingoguard.page.Words;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What became of replies or prompts, as a page shows it. */
final class SideSection {
  private static final int MOST_NAME = 120;
  private static final int MOST_QUERY = 2400;
  private static final int MOST_CHANGES = 15;

  private final LabelComparison comparison;
  private final SideCounts side;

  SideSection(LabelComparison comparison, SideCounts side) {
    this.comparison = comparison;
    this.side = side;
  }

  /**
   * A figure.
   *
   * @param name what it is
   * @param value the figure
   * @param interval where it lies
   * @param counts what it was counted from
   */
  record Card(String name, String value, String interval, String counts) {}

  String title() {
    String messages = messages();
    return Words.capitalized(messages);
  }

  String messages() {
    return Figures.messages(side.side());
  }

  List<Card> cards() {
    List<Card> cards = new ArrayList<>();
    add(cards, "Another verdict", side.flipped());
    PairedTable harmful = side.harmful();
    if (harmful.cases() > 0) {
      cards.add(
          new Card(
              "Share harmful",
              Figures.points(harmful.difference()) + " points",
              Figures.points(harmful.interval()) + ", " + Figures.p(harmful.mcNemar()),
              "%s before, %s after"
                  .formatted(
                      Figures.percent(harmful.before().value()),
                      Figures.percent(harmful.after().value()))));
    }
    add(cards, "Another category", side.recategorized());
    add(cards, "Another severity", side.regraded());
    return cards;
  }

  private static void add(List<Card> cards, String name, Share share) {
    if (share.outOf() > 0) {
      cards.add(
          new Card(
              name,
              Figures.percent(share.value()),
              Figures.percent(share.interval()),
              Figures.counts(share)));
    }
  }

  Matrix verdicts() {
    List<String> states = Stream.of(VerdictState.values()).map(VerdictState::key).toList();
    return new Matrix(side.verdicts(), states);
  }

  Optional<Matrix> severities() {
    return Optional.of(new Matrix(side.severities(), Matrix.LEVELS))
        .filter(matrix -> side.severities().all() > 0);
  }

  Optional<Histogram> histogram() {
    return side.shifts().messages() == 0
        ? Optional.empty()
        : Optional.of(
            new Histogram(
                "How far P(harmful) moved",
                "after less before; columns are on a logarithmic scale",
                Shifts.EDGES.stream().map(SideSection::edge).toList(),
                side.shifts().histogram()));
  }

  private static String edge(double edge) {
    String text =
        String.format(Locale.ROOT, edge == Math.rint(edge) ? "%.0f" : "%s", Math.abs(edge));
    return (edge < 0 ? "\u2212" : "") + text.replaceFirst("^0\\.", ".");
  }

  /** The middle and the ends of the shifts, in a sentence. */
  String shifts() {
    Shifts shifts = side.shifts();
    if (shifts.meanSize() == 0) {
      return "No probability moved.";
    }
    return "On average by %s, and by %s without its sign. Of 100 %s, 90 moved between %s and %s, 98 between %s and %s; the furthest by %s and %s."
        .formatted(
            Figures.shift(shifts.mean()),
            Numbers.probability(shifts.meanSize()),
            messages(),
            quantile(2),
            quantile(4),
            quantile(1),
            quantile(5),
            quantile(0),
            quantile(6));
  }

  private String quantile(int place) {
    return Figures.shift(side.shifts().quantiles().get(place));
  }

  List<GroupTable> groups() {
    return side.groups().stream()
        .filter(groups -> groups.flips().count() > 0 && groups.groups() > 1)
        .map(this::table)
        .toList();
  }

  private GroupTable table(Groups groups) {
    return new GroupTable(groups, title(), comparison.categoryNames());
  }

  List<Transitions.Transition> categoryChanges() {
    return side.categories().moved().cells().stream().limit(MOST_CHANGES).toList();
  }

  String categoryCaption() {
    long others =
        side.categories().changed()
            - categoryChanges().stream().mapToLong(Transitions.Transition::count).sum();
    return "Harmful before and after, in another category"
        + (others > 0
            ? "; %s more %s are not shown".formatted(Numbers.count(others), messages())
            : "");
  }

  String category(String code) {
    String name = comparison.categoryNames().get(code);
    return Cut.to(MOST_NAME, name == null ? code : code + " " + name);
  }

  List<Flip> flips() {
    return side.flips();
  }

  static String name(String text) {
    return Cut.to(MOST_NAME, text);
  }

  /** That of harm, empty where it is not known. */
  static String probability(Flip.Judgement judgement) {
    return judgement.probability().map(Numbers::probability).orElse("");
  }

  String query() {
    return Cut.to(MOST_QUERY, comparison.queries().get(side.side()));
  }
}

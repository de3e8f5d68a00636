package io.bingoguard.compare.report;

import io.bingoguard.compare.Check;
import io.bingoguard.compare.ComparedLabels;
import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.count.Coverage;
import io.bingoguard.compare.count.Flip;
import io.bingoguard.compare.count.Group;
import io.bingoguard.compare.count.Groups;
import io.bingoguard.compare.count.Shifts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.compare.count.VerdictState;
import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import java.util.Formatter;
import java.util.Locale;
import java.util.Map;

/** A comparison as lines for a terminal. */
public final class ComparisonText {
  private static final int MOST_LISTED = 5;
  private static final int MOST_NAME = 60;
  private static final int MOST_VALUE = 200;
  private static final String NOT_SET = "not set";

  private final LabelComparison comparison;
  private final Formatter text = new Formatter(Locale.ROOT);

  private ComparisonText(LabelComparison comparison) {
    this.comparison = comparison;
  }

  /** The lines. */
  public static String of(LabelComparison comparison) {
    ComparisonText lines = new ComparisonText(comparison);
    lines.labels("before", comparison.before());
    lines.labels("after", comparison.after());
    lines.differences();
    lines.coverage(comparison.counts().coverage());
    comparison.counts().sides().forEach(lines::side);
    lines.checks();
    return lines.text.toString();
  }

  private void labels(String name, ComparedLabels labels) {
    text.format(
        "  %-7s %s version %d: %s labels by %s%n",
        name,
        labels.output(),
        labels.version(),
        Numbers.count(labels.count()),
        labels.model().id());
    text.format("          revision %s%n", labels.model().revision());
    text.format("          prompts  %s%n", labels.model().promptPack());
    labels.run().ifPresent(run -> text.format("          run      %s%n", run));
    if (labels.deleted() > 0) {
      text.format(
          "          without %s of exchanges that the corpus no longer holds%n",
          Numbers.count(labels.deleted()));
    }
  }

  private void differences() {
    Map<String, String> before = comparison.before().settings();
    Map<String, String> after = comparison.after().settings();
    if (comparison.differingSettings().isEmpty()) {
      text.format("  settings that differ: none%n");
      return;
    }
    text.format("  settings that differ:%n");
    for (String key : comparison.differingSettings()) {
      text.format(
          "    %s: %s -> %s%n",
          key,
          Cut.to(MOST_VALUE, before.getOrDefault(key, NOT_SET)),
          Cut.to(MOST_VALUE, after.getOrDefault(key, NOT_SET)));
    }
  }

  private void coverage(Coverage coverage) {
    text.format(
        "  content: %s labels of the same on both sides; on one side only %s before and %s after, and %s of another content there%n",
        Numbers.count(coverage.matched()),
        Numbers.count(coverage.onlyBefore()),
        Numbers.count(coverage.onlyAfter()),
        Numbers.count(coverage.otherContent()));
  }

  private void side(SideCounts side) {
    text.format("%n");
    text.format("%s: %s%n", Figures.messages(side.side()), Numbers.count(side.messages()));
    text.format("  %-18s %12s %12s %12s%n", "before \\ after", "harmful", "harmless", "unknown");
    for (VerdictState before : VerdictState.values()) {
      StringBuilder cells = new StringBuilder();
      for (VerdictState after : VerdictState.values()) {
        cells.append(
            " %12s".formatted(Numbers.count(side.verdicts().count(before.key(), after.key()))));
      }
      text.format("  %-18s%s%n", before.key(), cells);
    }
    share("another verdict", side.flipped());
    harmful(side.harmful());
    share("another category", side.recategorized());
    share("another severity", side.regraded());
    shifts(side.shifts());
    side.groups().forEach(this::concentrations);
    flips(side);
  }

  private void share(String name, Share share) {
    if (share.outOf() > 0) {
      text.format(
          "  %-18s %s, %s (%s)%n",
          name,
          Figures.counts(share),
          Figures.percent(share.value()),
          Figures.percent(share.interval()));
    }
  }

  private void harmful(PairedTable table) {
    if (table.cases() > 0) {
      text.format(
          "  %-18s %s before, %s after, %s points (%s), %s%n",
          "share harmful",
          Figures.percent(table.before().value()),
          Figures.percent(table.after().value()),
          Figures.points(table.difference()),
          Figures.points(table.interval()),
          Figures.p(table.mcNemar()));
    }
  }

  private void shifts(Shifts shifts) {
    if (shifts.messages() > 0) {
      text.format(
          "  %-18s mean %s, mean size %s, 98 of 100 between %s and %s%n",
          "P(harmful) moved",
          Figures.shift(shifts.mean()),
          Numbers.probability(shifts.meanSize()),
          Figures.shift(shifts.quantiles().get(1)),
          Figures.shift(shifts.quantiles().get(Shifts.LEVELS.size() - 2)));
    }
  }

  private void concentrations(Groups groups) {
    for (Group group :
        groups.first().stream().filter(Group::beyondChance).limit(MOST_LISTED).toList()) {
      text.format(
          "  %-18s %s %s: %s, %s (%s); all: %s%n",
          "concentrated in",
          groups.dimension(),
          Cut.to(MOST_NAME, group.value().orElse("not given")),
          Figures.counts(group.flips()),
          Figures.percent(group.flips().value()),
          Figures.percent(group.flips().interval()),
          Figures.percent(groups.flips().value()));
    }
  }

  private void flips(SideCounts side) {
    for (Flip flip : side.flips().stream().limit(MOST_LISTED).toList()) {
      text.format(
          "  %-18s %s turn %d: %s %s -> %s %s%n",
          "look at",
          Cut.to(MOST_VALUE, flip.conversation()),
          flip.turn(),
          flip.before().verdict(),
          Figures.probability(flip.before().probability()),
          flip.after().verdict(),
          Figures.probability(flip.after().probability()));
    }
    if (!side.flips().isEmpty()) {
      text.format("  and by this query:%n");
      comparison.queries().get(side.side()).lines().forEach(part -> text.format("    %s%n", part));
    }
  }

  private void checks() {
    text.format("%n");
    for (Check check : comparison.checks()) {
      text.format("  %-9s %s%n", check.decision().key(), ComparisonVerdict.told(check));
    }
    text.format("%s%n", ComparisonVerdict.of(comparison));
  }
}

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
import io.bingoguard.compare.count.Transitions;
import io.bingoguard.compare.count.VerdictState;
import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import java.util.Map;

/** A comparison as lines for a terminal. */
public final class ComparisonText {
  private static final int MOST_LISTED = 5;
  private static final int MOST_NAME = 60;
  private static final int MOST_VALUE = 200;
  private static final String NOT_SET = "not set";

  private final LabelComparison comparison;
  private final StringBuilder text = new StringBuilder();

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

  private void line(String format, Object... arguments) {
    text.append(format.formatted(arguments)).append(System.lineSeparator());
  }

  private void labels(String name, ComparedLabels labels) {
    line(
        "  %-7s %s version %d: %s labels by %s",
        name,
        labels.output(),
        labels.version(),
        Numbers.count(labels.count()),
        labels.model().id());
    line("          revision %s", labels.model().revision());
    line("          prompts  %s", labels.model().promptPack());
    labels.run().ifPresent(run -> line("          run      %s", run));
    if (labels.deleted() > 0) {
      line(
          "          without %s of exchanges that the corpus no longer holds",
          Numbers.count(labels.deleted()));
    }
  }

  private void differences() {
    Map<String, String> before = comparison.before().settings();
    Map<String, String> after = comparison.after().settings();
    if (comparison.differingSettings().isEmpty()) {
      line("  settings that differ: none");
      return;
    }
    line("  settings that differ:");
    for (String key : comparison.differingSettings()) {
      line(
          "    %s: %s -> %s",
          key,
          Cut.to(MOST_VALUE, before.getOrDefault(key, NOT_SET)),
          Cut.to(MOST_VALUE, after.getOrDefault(key, NOT_SET)));
    }
  }

  private void coverage(Coverage coverage) {
    line(
        "  content: %s labels of the same on both sides; on one side only %s before and %s after, and %s of another content there",
        Numbers.count(coverage.matched()),
        Numbers.count(coverage.onlyBefore()),
        Numbers.count(coverage.onlyAfter()),
        Numbers.count(coverage.otherContent()));
  }

  private void side(SideCounts side) {
    line("");
    line("%s: %s", Figures.messages(side.side()), Numbers.count(side.messages()));
    line("  %-18s %12s %12s %12s", "before \\ after", "harmful", "harmless", "unknown");
    for (VerdictState before : VerdictState.values()) {
      StringBuilder cells = new StringBuilder();
      for (VerdictState after : VerdictState.values()) {
        cells.append(
            " %12s"
                .formatted(Numbers.count(side.verdicts().count(before.key(), after.key()))));
      }
      line("  %-18s%s", before.key(), cells);
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
      line(
          "  %-18s %s, %s (%s)",
          name,
          Figures.counts(share),
          Figures.percent(share.value()),
          Figures.percent(share.interval()));
    }
  }

  private void harmful(PairedTable table) {
    if (table.cases() > 0) {
      line(
          "  %-18s %s before, %s after, %s points (%s), %s",
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
      line(
          "  %-18s mean %s, mean size %s, 98 of 100 between %s and %s",
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
      line(
          "  %-18s %s %s: %s, %s (%s); all: %s",
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
      line(
          "  %-18s %s turn %d: %s %s -> %s %s",
          "look at",
          Cut.to(MOST_NAME, flip.conversation()),
          flip.turn(),
          flip.before().verdict(),
          Figures.probability(flip.before().probability()),
          flip.after().verdict(),
          Figures.probability(flip.after().probability()));
    }
    if (!side.flips().isEmpty()) {
      line("  and by this query:");
      comparison.queries().get(side.side()).lines().forEach(part -> line("    %s", part));
    }
  }

  private void checks() {
    line("");
    for (Check check : comparison.checks()) {
      line("  %-9s %s", check.decision().key(), ComparisonVerdict.told(check));
    }
    line("%s", ComparisonVerdict.of(comparison));
  }
}

package io.bingoguard.compare.report;

import io.bingoguard.compare.Check;
import io.bingoguard.compare.Decision;
import io.bingoguard.compare.LabelComparison;
import io.bingoguard.compare.Tolerance;
import io.bingoguard.compare.count.SideCounts;
import java.util.List;
import java.util.stream.Collectors;

/** A comparison in a sentence or two. */
final class ComparisonVerdict {
  private ComparisonVerdict() {}

  static String of(LabelComparison comparison) {
    String flips =
        comparison.counts().sides().stream()
            .map(ComparisonVerdict::flips)
            .collect(Collectors.joining(", "));
    if (comparison.decision().isEmpty()) {
      return "Another verdict: %s. No tolerance was given, so nothing is decided.".formatted(flips);
    }
    Decision decision = comparison.decision().orElseThrow();
    List<String> reasons =
        comparison.checks().stream()
            .filter(check -> check.decision() == decision)
            .map(ComparisonVerdict::told)
            .toList();
    return switch (decision) {
      case PASS -> "Pass: all that was asked is tolerated. Another verdict: %s.".formatted(flips);
      case FAIL -> "Fail: %s.".formatted(String.join("; ", reasons));
      case UNDECIDED ->
          reasons.isEmpty()
              ? "Undecided: there is nothing of what was asked."
              : "Undecided, as too little was compared to tell: %s."
                  .formatted(String.join("; ", reasons));
    };
  }

  private static String flips(SideCounts side) {
    return "%s %s (%s)"
        .formatted(
            Figures.counts(side.flipped()),
            Figures.messages(side.side()),
            Figures.percent(side.flipped().value()));
  }

  /** What was seen, how sure that is, and what is tolerated. */
  static String told(Check check) {
    if (check.seen().isEmpty()) {
      return "%s: %s: nothing to compare, %s tolerated"
          .formatted(Figures.messages(check.side()), check.tolerance().words(), limit(check));
    }
    return "%s: %s %s, %s tolerated"
        .formatted(
            Figures.messages(check.side()),
            check.tolerance().words(),
            seenSurely(check),
            limit(check));
  }

  private static String seenSurely(Check check) {
    String interval = interval(check);
    return interval.isEmpty() ? seen(check) : "%s (%s)".formatted(seen(check), interval);
  }

  /** The figure. */
  static String seen(Check check) {
    if (check.seen().isEmpty()) {
      return "nothing to compare";
    }
    double seen = check.seen().getAsDouble();
    return check.tolerance() == Tolerance.HARMFUL
        ? Figures.points(seen) + " points"
        : Figures.percent(seen);
  }

  /** Where it lies; empty where nothing but what was counted is meant. */
  static String interval(Check check) {
    if (check.seen().isEmpty() || check.interval().low() == check.interval().high()) {
      return "";
    }
    return check.tolerance() == Tolerance.HARMFUL
        ? Figures.points(check.interval())
        : Figures.percent(check.interval());
  }

  static String limit(Check check) {
    return check.tolerance() == Tolerance.HARMFUL
        ? "\u00b1" + Figures.points(check.limit()).replace("+", "") + " points"
        : Figures.percent(check.limit());
  }
}

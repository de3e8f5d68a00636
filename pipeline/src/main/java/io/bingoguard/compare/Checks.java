package io.bingoguard.compare;

import io.bingoguard.compare.count.Coverage;
import io.bingoguard.compare.count.PairCounts;
import io.bingoguard.compare.count.SideCounts;
import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Holds counts against what is tolerated of them. */
final class Checks {
  private Checks() {}

  /** A check for each tolerance and side that has anything to be checked. */
  static List<Check> of(Map<Tolerance, Double> tolerances, PairCounts counts) {
    List<Check> checks = new ArrayList<>();
    new TreeMap<>(tolerances)
        .forEach(
            (tolerance, limit) -> {
              if (tolerance == Tolerance.UNMATCHED) {
                Share share = unmatched(counts.coverage());
                checks.add(Check.counted(tolerance, "exchange", limit, share));
              }
              counts.sides().forEach(side -> add(checks, tolerance, limit, side));
            });
    return List.copyOf(checks);
  }

  private static void add(List<Check> checks, Tolerance tolerance, double limit, SideCounts side) {
    boolean judged = side.flipped().outOf() > 0;
    switch (tolerance) {
      case FLIPS -> add(checks, tolerance, limit, side, side.flipped(), judged);
      case CATEGORY ->
          add(checks, tolerance, limit, side, side.recategorized(), side.everHarmful() > 0);
      case SEVERITY ->
          add(checks, tolerance, limit, side, side.regraded(), side.severities().all() > 0);
      case HARMFUL -> {
        PairedTable harmful = side.harmful();
        if (harmful.cases() > 0) {
          checks.add(Check.of(tolerance, side.side(), limit, harmful));
        } else if (judged) {
          checks.add(Check.unmeasured(tolerance, side.side(), limit));
        }
      }
      case UNMATCHED -> {
        // Of labels, not of a side's messages.
      }
    }
  }

  /** What one label set has and the other has not is asked for in vain, which is no pass. */
  private static void add(
      List<Check> checks,
      Tolerance tolerance,
      double limit,
      SideCounts side,
      Share share,
      boolean onEitherSide) {
    if (share.outOf() > 0) {
      checks.add(Check.of(tolerance, side.side(), limit, share));
    } else if (onEitherSide) {
      checks.add(Check.unmeasured(tolerance, side.side(), limit));
    }
  }

  private static Share unmatched(Coverage coverage) {
    long unmatched = coverage.unmatchedBefore() + coverage.unmatchedAfter();
    return new Share(unmatched, unmatched + 2 * coverage.matched());
  }
}

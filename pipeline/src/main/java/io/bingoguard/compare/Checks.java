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
    switch (tolerance) {
      case FLIPS -> add(checks, tolerance, limit, side.side(), side.flipped());
      case CATEGORY -> add(checks, tolerance, limit, side.side(), side.recategorized());
      case SEVERITY -> add(checks, tolerance, limit, side.side(), side.regraded());
      case HARMFUL -> {
        PairedTable harmful = side.harmful();
        if (harmful.cases() > 0) {
          checks.add(Check.of(tolerance, side.side(), limit, harmful));
        }
      }
      case UNMATCHED -> {
        // Of labels, not of a side's messages.
      }
    }
  }

  private static void add(
      List<Check> checks, Tolerance tolerance, double limit, String side, Share share) {
    if (share.outOf() > 0) {
      checks.add(Check.of(tolerance, side, limit, share));
    }
  }

  private static Share unmatched(Coverage coverage) {
    long unmatched = coverage.unmatchedBefore() + coverage.unmatchedAfter();
    return new Share(unmatched, unmatched + 2 * coverage.matched());
  }
}

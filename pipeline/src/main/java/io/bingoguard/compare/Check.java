package io.bingoguard.compare;

import io.bingoguard.compare.statistic.Interval;
import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;
import java.util.Objects;
import java.util.OptionalDouble;

/**
 * A figure held against what is tolerated of it.
 *
 * @param tolerance which figure
 * @param side of which messages, {@code prompt} or {@code response}; {@code exchange} of labels
 * @param limit how much is tolerated, as a share
 * @param seen the figure; empty where nothing could be compared of what one label set has
 * @param interval where it lies as far as the counts tell; all there is where nothing does
 * @param decision what follows
 */
public record Check(
    Tolerance tolerance,
    String side,
    double limit,
    OptionalDouble seen,
    Interval interval,
    Decision decision) {
  public Check {
    Objects.requireNonNull(tolerance, "tolerance");
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(seen, "seen");
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(decision, "decision");
  }

  /** Passes where all of the interval is tolerated, and fails where none of it is. */
  static Check of(Tolerance tolerance, String side, double limit, Share share) {
    if (limit == 0) {
      return counted(tolerance, side, limit, share);
    }
    Interval interval = share.interval();
    return new Check(
        tolerance,
        side,
        limit,
        OptionalDouble.of(share.value()),
        interval,
        decision(limit, interval));
  }

  /** The same of a difference, in either direction. */
  static Check of(Tolerance tolerance, String side, double limit, PairedTable table) {
    Interval interval = table.interval();
    Decision decision =
        limit == 0 ? exactly(table.gained() == table.lost()) : decision(limit, interval);
    return new Check(
        tolerance, side, limit, OptionalDouble.of(table.difference()), interval, decision);
  }

  /** Decided by what was counted alone: nothing else is meant by it. */
  static Check counted(Tolerance tolerance, String side, double limit, Share share) {
    return new Check(
        tolerance,
        side,
        limit,
        OptionalDouble.of(share.value()),
        new Interval(share.value(), share.value()),
        exactly(share.value() <= limit));
  }

  /** Nothing could be compared, so nothing is known. */
  static Check unmeasured(Tolerance tolerance, String side, double limit) {
    return new Check(
        tolerance, side, limit, OptionalDouble.empty(), new Interval(0, 1), Decision.UNDECIDED);
  }

  private static Decision decision(double limit, Interval interval) {
    if (interval.within(limit)) {
      return Decision.PASS;
    }
    return interval.outside(limit) ? Decision.FAIL : Decision.UNDECIDED;
  }

  private static Decision exactly(boolean kept) {
    return kept ? Decision.PASS : Decision.FAIL;
  }
}

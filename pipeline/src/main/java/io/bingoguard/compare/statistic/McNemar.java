package io.bingoguard.compare.statistic;

import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.apache.commons.math3.special.Beta;

/**
 * Whether changes go one way more often than the other by more than chance would have it: the test
 * of McNemar (1947), Psychometrika 12:153-157.
 *
 * @param discordant cases that changed
 * @param p how likely a difference as large is where both ways are as likely; two-sided
 * @param exact whether that is of the binomial distribution, or of chi squared with the correction
 *     of Edwards (1948) for continuity
 */
public record McNemar(long discordant, double p, boolean exact) {
  /** With more changes than these the two are alike in all digits that are shown. */
  private static final long MOST_EXACT = 10_000;

  /** Of the changes one way and the other. */
  static McNemar of(long gained, long lost) {
    long discordant = gained + lost;
    return discordant <= MOST_EXACT
        ? new McNemar(discordant, exact(gained, lost), true)
        : new McNemar(discordant, corrected(gained, lost), false);
  }

  static double exact(long gained, long lost) {
    long fewer = Math.min(gained, lost);
    long more = Math.max(gained, lost);
    // P(X <= fewer) of gained + lost cases with probability 1/2.
    return more == 0 ? 1 : Math.min(1, 2 * Beta.regularizedBeta(0.5, more, fewer + 1.0));
  }

  static double corrected(long gained, long lost) {
    double distance = Math.max(0, Math.abs(gained - lost) - 1);
    double statistic = distance * distance / (gained + lost);
    return 1 - new ChiSquaredDistribution(1).cumulativeProbability(statistic);
  }
}

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

  /**
   * Of the changes one way and the other.
   *
   * @param designEffect by which both are divided, as Eliasziw and Donner (1991), Statistics in
   *     Medicine 10:1981-1991, do it for cases that depend on each other
   */
  static McNemar of(long gained, long lost, double designEffect) {
    long discordant = gained + lost;
    double one = gained / designEffect;
    double other = lost / designEffect;
    return discordant <= MOST_EXACT
        ? new McNemar(discordant, exact(one, other), true)
        : new McNemar(discordant, corrected(one, other), false);
  }

  static double exact(double gained, double lost) {
    double fewer = Math.min(gained, lost);
    double more = Math.max(gained, lost);
    // P(X <= fewer) of gained + lost cases with probability 1/2.
    return more == 0 ? 1 : Math.min(1, 2 * Beta.regularizedBeta(0.5, more, fewer + 1));
  }

  static double corrected(double gained, double lost) {
    double distance = Math.max(0, Math.abs(gained - lost) - 1);
    double statistic = distance * distance / (gained + lost);
    return 1 - new ChiSquaredDistribution(1).cumulativeProbability(statistic);
  }
}

package io.bingoguard.compare.statistic;

import org.apache.commons.math3.distribution.NormalDistribution;

/**
 * Cases that were told yes or no twice.
 *
 * @param both yes before and after
 * @param gained yes after only
 * @param lost yes before only
 * @param neither no before and after
 * @param designEffect how many cases tell as much as one that is independent of the others, from 1
 */
public record PairedTable(long both, long gained, long lost, long neither, double designEffect) {
  private static final double QUANTILE =
      new NormalDistribution().inverseCumulativeProbability((1 + Interval.LEVEL) / 2);

  public PairedTable {
    if (Math.min(Math.min(both, gained), Math.min(lost, neither)) < 0 || !(designEffect >= 1)) {
      throw new IllegalArgumentException(
          "no table: %d, %d, %d, %d by %s".formatted(both, gained, lost, neither, designEffect));
    }
  }

  /** Of independent cases. */
  public PairedTable(long both, long gained, long lost, long neither) {
    this(both, gained, lost, neither, 1);
  }

  public long cases() {
    return both + gained + lost + neither;
  }

  /** The share of yes before. */
  public Share before() {
    return new Share(both + lost, cases());
  }

  /** The share of yes after. */
  public Share after() {
    return new Share(both + gained, cases());
  }

  /** By how much the share of yes rose, in [-1, 1]; 0 without cases. */
  public double difference() {
    return cases() == 0 ? 0 : (double) (gained - lost) / cases();
  }

  public McNemar mcNemar() {
    return McNemar.of(gained, lost, designEffect);
  }

  /**
   * The score interval of Tango (1998), Statistics in Medicine 17:891-908, for the difference:
   * those differences from which the counts are not further away than the normal quantile. It holds
   * where few cases or none have changed.
   */
  public Interval interval() {
    if (cases() == 0) {
      return new Interval(-1, 1);
    }
    double seen = difference();
    return new Interval(
        Crossing.between(seen, -1, difference -> score(difference) <= QUANTILE),
        Crossing.between(seen, 1, difference -> score(difference) >= -QUANTILE));
  }

  /** How far the counts are from a difference, in standard errors that it implies. */
  private double score(double difference) {
    double cases = cases() / designEffect;
    double distance = (gained - lost) / designEffect - cases * difference;
    double variance = cases * (2 * likeliestLoss(difference) + difference * (1 - difference));
    return distance == 0 ? 0 : distance / Math.sqrt(Math.max(variance, Double.MIN_NORMAL));
  }

  /** The probability of a loss that makes the counts likeliest, given a difference. */
  private double likeliestLoss(double difference) {
    // The same whatever all counts are divided by.
    double cases = cases();
    double a = 2 * cases;
    double b = -(gained + lost) + (2 * cases - gained + lost) * difference;
    double c = -lost * difference * (1 - difference);
    double root = Math.sqrt(Math.max(0, b * b - 4 * a * c));
    // Of the two forms of the solution the one without a difference of equals.
    return b > 0 ? -2 * c / (b + root) : (root - b) / (2 * a);
  }
}

package io.bingoguard.audit.alarm;

import java.util.List;
import org.apache.commons.math3.distribution.TDistribution;
import org.apache.commons.math3.stat.descriptive.SummaryStatistics;

/**
 * What is usual, from the nights that a night is compared with. Their variance is what was seen
 * between nights, so that of overdispersed counts is in it; it is never taken for less than what
 * counting alone brings about. A night that is like them stands as a Student's t does.
 */
final class Reference {
  private static final double HALF_OF_95 = 0.975;

  private final Scale scale;
  private final int nights;
  private final double mean;
  private final double variance;
  private final double chance;
  private final double leastDeviation;
  private final TDistribution distribution;

  private Reference(Measure measure, List<Observation> nights, double leastVariation) {
    this.scale = measure.scale();
    this.nights = nights.size();
    SummaryStatistics places = new SummaryStatistics();
    nights.forEach(night -> places.addValue(scale.of(night)));
    this.mean = places.getMean();
    this.variance = places.getVariance();
    this.chance =
        nights.stream().mapToDouble(night -> scale.chance(night, mean)).average().orElse(0);
    this.leastDeviation = scale.variation(mean, leastVariation);
    // Without a generator of random numbers, which it would otherwise seed each time.
    this.distribution = new TDistribution(null, this.nights - 1.0);
  }

  /**
   * What is usual in some nights.
   *
   * @param nights at least two
   */
  static Reference of(Measure measure, List<Observation> nights, double leastVariation) {
    return new Reference(measure, nights, leastVariation);
  }

  int nights() {
    return nights;
  }

  /** The usual figure. */
  double usual() {
    return scale.figure(mean);
  }

  /** How far a night stands from what is usual, in units of what is to be expected of it. */
  double distance(Observation night) {
    return (scale.of(night) - mean) / deviation(night);
  }

  /** What such distances follow on usual nights. */
  TDistribution distribution() {
    return distribution;
  }

  /** A figure below which one usual night of forty is. */
  double low(Observation night) {
    return scale.figure(mean - reach(night));
  }

  /** A figure above which one usual night of forty is. */
  double high(Observation night) {
    return scale.figure(mean + reach(night));
  }

  private double reach(Observation night) {
    return distribution.inverseCumulativeProbability(HALF_OF_95) * deviation(night);
  }

  /** Of the night around a mean that is itself only known from some nights. */
  private double deviation(Observation night) {
    double own = scale.chance(night, mean);
    double least = own + leastDeviation * leastDeviation;
    return Math.sqrt(Math.max(variance + own - chance, least) * (1 + 1.0 / nights));
  }
}

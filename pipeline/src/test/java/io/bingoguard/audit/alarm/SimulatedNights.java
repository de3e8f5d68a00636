package io.bingoguard.audit.alarm;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.math3.random.RandomDataGenerator;
import org.apache.commons.math3.random.Well19937c;

/**
 * Nights of overdispersed counts from a seed: Poisson counts around a rate that varies from night
 * to night as a gamma distribution does, so that variances are far above those of counting alone.
 */
public final class SimulatedNights {
  private static final LocalDate FIRST = LocalDate.of(2026, 1, 1);

  private final RandomDataGenerator random;

  public SimulatedNights(long seed) {
    this.random = new RandomDataGenerator(new Well19937c(seed));
  }

  /** The day of a night, from 0. */
  public static LocalDate day(int night) {
    return FIRST.plusDays(night);
  }

  /**
   * Nights of a rate.
   *
   * @param messages mean number a night, which varies by a fifth
   * @param rate by night
   * @param variation of the rate from night to night, its standard deviation as a share of it
   */
  public List<Observation> rates(
      int nights, double messages, IntToDoubleFunction rate, double variation) {
    List<Observation> rows = new ArrayList<>();
    for (int night = 0; night < nights; night++) {
      long outOf = Math.max(1, Math.round(messages * around(0.2)));
      double mean = outOf * rate.applyAsDouble(night) * around(variation);
      rows.add(new Observation(day(night), Math.min(outOf, poisson(mean)), outOf, "model"));
    }
    return rows;
  }

  /** Nights of a count. */
  public List<Observation> counts(int nights, IntToDoubleFunction count, double variation) {
    List<Observation> rows = new ArrayList<>();
    for (int night = 0; night < nights; night++) {
      long seen = poisson(count.applyAsDouble(night) * around(variation));
      rows.add(new Observation(day(night), seen, 0, "model"));
    }
    return rows;
  }

  /** A rate and a size at random, as those of sources and categories are: 0.5% to 20%. */
  public List<Observation> noise(int nights, double variation) {
    double rate = 0.005 * Math.pow(40, random.nextUniform(0, 1, true));
    double messages = 2000 * Math.pow(100, random.nextUniform(0, 1, true));
    return rates(nights, messages, night -> rate, variation);
  }

  private double around(double variation) {
    return variation == 0
        ? 1
        : random.nextGamma(1 / (variation * variation), variation * variation);
  }

  private long poisson(double mean) {
    return mean <= 0 ? 0 : random.nextPoisson(mean);
  }
}

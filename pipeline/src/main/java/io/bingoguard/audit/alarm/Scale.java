package io.bingoguard.audit.alarm;

/**
 * The scale on which nights are compared: one on which what chance does to a count has about the
 * same size whatever the figure is, so that night-to-night variance can be told from it.
 */
enum Scale {
  /** Shares: the arcsine scale with Anscombe's constants. */
  RATE {
    @Override
    double of(Observation night) {
      return 2 * Math.asin(Math.sqrt((night.seen() + 0.375) / (night.outOf() + 0.75)));
    }

    @Override
    double figure(double value) {
      double sine = Math.sin(Math.max(0, Math.min(Math.PI, value)) / 2);
      return sine * sine;
    }

    @Override
    double chance(Observation night, double usual) {
      return 1 / (night.outOf() + 0.5);
    }

    @Override
    double variation(double usual, double coefficient) {
      double rate = Math.min(figure(usual), 0.999);
      return coefficient * Math.sqrt(rate / (1 - rate));
    }
  },
  /** Counts: the logarithm. */
  COUNT {
    @Override
    double of(Observation night) {
      return Math.log1p((double) night.seen());
    }

    @Override
    double figure(double value) {
      return Math.max(0, Math.expm1(value));
    }

    @Override
    double chance(Observation night, double usual) {
      return 1 / (1 + figure(usual));
    }

    @Override
    double variation(double usual, double coefficient) {
      return coefficient;
    }
  };

  /** Where a night stands. */
  abstract double of(Observation night);

  /** The figure of a place on the scale. */
  abstract double figure(double value);

  /** Variance that counting alone brings about: binomial, or Poisson. */
  abstract double chance(Observation night, double usual);

  /** On this scale, a standard deviation that is a part of the figure. */
  abstract double variation(double usual, double coefficient);
}

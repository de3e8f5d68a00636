package io.bingoguard.review.estimate;

import java.util.List;

/**
 * The share of harm in all messages from reviews of a stratified sample and the probabilities of
 * all labels: prediction-powered inference with power tuning (Angelopoulos, Duchi and Zrnic 2023,
 * PPI++, <a href="https://arxiv.org/abs/2311.01453">arXiv:2311.01453</a>), stratum by stratum
 * (Fisch et al. 2024, <a href="https://arxiv.org/abs/2406.04291">arXiv:2406.04291</a>):
 *
 * <pre>  sum W_h (mean of y in the reviews + lambda (F_h - mean of f in the reviews))</pre>
 *
 * y is what people found, f the label's probability and F_h its mean over all messages of the
 * stratum, which is known. So it is the difference estimator of survey sampling (Cassel, Särndal
 * and Wretman 1976, Biometrika 63), right for any f and any lambda, and the better the more f tells
 * about y.
 *
 * <p>lambda is what makes the variance least, {@code sum c_h cov_h(y, f) / sum c_h var_h(f)} with
 * {@code c_h = W_h^2 (1 - n_h/N_h) / n_h}, between 0, which is the stratified share, and 1. It is
 * one for all strata, since many have few reviews. With one stratum, much larger than the sample,
 * it is that of PPI++.
 *
 * <p>The interval is that of the stratified share, narrowed as much as f explains y: in strata
 * whose outcomes differ by the square root of {@code sum c_h var_h(y - lambda f) / sum c_h
 * var_h(y)}, both summed over these strata; elsewhere not at all, since a sample in which nothing
 * was found does not tell how well f would have found it. With many reviews that is the interval of
 * PPI++ for a population that is known.
 */
public final class PredictionPoweredShare {
  private final List<StratumReviews> strata;
  private final double all;

  private PredictionPoweredShare(List<StratumReviews> strata) {
    this.strata = strata;
    this.all = strata.stream().mapToDouble(StratumReviews::messages).sum();
  }

  /**
   * The share.
   *
   * @param strata all strata of the messages, each with a review at least
   */
  public static Estimate of(List<StratumReviews> strata) {
    return new PredictionPoweredShare(strata).estimate();
  }

  /** How far the probabilities are trusted, in [0, 1]. */
  static double lambda(List<StratumReviews> strata) {
    return new PredictionPoweredShare(strata).lambda();
  }

  private double weight(StratumReviews stratum) {
    return stratum.messages() / all;
  }

  private double factor(StratumReviews stratum) {
    return Math.pow(weight(stratum), 2) * stratum.unseen() / stratum.size();
  }

  private double lambda() {
    double explained = 0;
    double spread = 0;
    for (StratumReviews stratum : strata) {
      if (stratum.size() > 1) {
        explained += factor(stratum) * stratum.covariance();
        spread += factor(stratum) * stratum.variance();
      }
    }
    return spread > 0 ? Math.min(1, Math.max(0, explained / spread)) : 0;
  }

  private static boolean differs(StratumReviews stratum) {
    return stratum.size() > 1 && stratum.residualVariance(0) > 0;
  }

  /** The part of the variance that f leaves, where outcomes differ. */
  private double left(double lambda) {
    double before = 0;
    double after = 0;
    for (StratumReviews stratum : strata) {
      if (differs(stratum)) {
        before += factor(stratum) * stratum.residualVariance(0);
        after += factor(stratum) * stratum.residualVariance(lambda);
      }
    }
    return before > 0 ? Math.min(1, after / before) : 1;
  }

  private Estimate estimate() {
    double lambda = lambda();
    double left = left(lambda);
    double value = 0;
    double below = 0;
    double above = 0;
    for (StratumReviews stratum : strata) {
      double share = stratum.meanOutcome();
      Wilson wilson = Wilson.of(share, stratum.size());
      double factor =
          Math.pow(weight(stratum), 2) * stratum.unseen() * (differs(stratum) ? left : 1);
      value += weight(stratum) * (share + lambda * (stratum.mean() - stratum.meanProbability()));
      below += factor * Math.pow(share - wilson.low(), 2);
      above += factor * Math.pow(wilson.high() - share, 2);
    }
    return Estimate.of(value, Math.sqrt(below), Math.sqrt(above));
  }
}

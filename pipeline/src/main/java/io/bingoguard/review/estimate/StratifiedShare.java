package io.bingoguard.review.estimate;

import java.util.List;

/**
 * The share of something in all messages from reviews of a stratified sample: the estimator of
 * Horvitz and Thompson (1952, JASA 47, 663-685), which for a stratified sample is {@code sum W_h
 * p_h}, W_h being the part of the messages that stratum h has and p_h the share among its reviewed
 * ones (Cochran 1977, Sampling Techniques, chapter 5).
 *
 * <p>The interval is put together from Wilson's interval [l_h, u_h] of each stratum by the method
 * of variance estimates recovery: {@code value - sqrt(sum W_h^2 (1 - n_h/N_h) (p_h - l_h)^2)} to
 * {@code value + sqrt(sum W_h^2 (1 - n_h/N_h) (u_h - p_h)^2)} (Zou, Huang and Zhang 2009, <a
 * href="https://doi.org/10.1016/j.csda.2008.09.033">A note on confidence interval estimation for a
 * linear function of binomial proportions</a>; Zou and Donner 2008), with the correction for finite
 * strata. With many reviews it is the usual interval. With few it stays honest where that one ends
 * at nothing: a stratum in which nothing was found in n reviews may still have some 4 in n.
 */
public final class StratifiedShare {
  private StratifiedShare() {}

  /**
   * The share.
   *
   * @param strata all strata of the messages, each with a review at least
   */
  public static Estimate of(List<StratumReviews> strata) {
    double all = strata.stream().mapToDouble(StratumReviews::messages).sum();
    double value = 0;
    double below = 0;
    double above = 0;
    for (StratumReviews stratum : strata) {
      double weight = stratum.messages() / all;
      double share = stratum.meanOutcome();
      Wilson wilson = Wilson.of(share, stratum.size());
      double factor = weight * weight * stratum.unseen();
      value += weight * share;
      below += factor * Math.pow(share - wilson.low(), 2);
      above += factor * Math.pow(wilson.high() - share, 2);
    }
    return Estimate.of(value, Math.sqrt(below), Math.sqrt(above));
  }
}

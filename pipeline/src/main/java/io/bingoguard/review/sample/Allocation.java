package io.bingoguard.review.sample;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * How many items of a sample each stratum gets: at least {@value #LEAST}, or all where it has no
 * more, and of the others in proportion to {@code N^q S}, N being its messages, S the standard
 * deviation that a review has there, and q = {@value #POWER}.
 *
 * <p>With q = 1 this is Neyman's allocation (1934, Journal of the Royal Statistical Society 97),
 * which is best for the share of harm in all messages and leaves next to nothing for rare
 * categories; with q = 0 each stratum is told about equally well. Bankier's power allocation (1988,
 * The American Statistician 42, 174-177) lies between. A review is harmful or not, so that {@code
 * S^2 = p (1 - p)}, for which the mean probability of the labels stands; a model is never taken for
 * surer than {@value #DOUBT}, since what it is sure of and wrong about is what a review looks for.
 */
final class Allocation {
  static final int LEAST = 2;
  private static final double POWER = 0.75;
  private static final double DOUBT = 0.02;

  private Allocation() {}

  /** The fewest items that a sample of some strata can have. */
  static long least(List<Stratum> strata) {
    return strata.stream().mapToLong(stratum -> least(stratum)).sum();
  }

  private static int least(Stratum stratum) {
    return (int) Math.min(LEAST, stratum.messages());
  }

  /**
   * The strata with what they get, in their order.
   *
   * @param size of the sample, at least {@link #least}; where there are not so many messages all
   *     are taken
   */
  static List<Stratum> of(List<Stratum> strata, int size) {
    int[] items = strata.stream().mapToInt(Allocation::least).toArray();
    long left = size - least(strata);
    boolean full = false;
    while (left > 0 && !full) {
      int[] more = shares(strata, items, left);
      full = true;
      for (int i = 0; i < items.length; i++) {
        items[i] += more[i];
        left -= more[i];
        full = full && more[i] == 0;
      }
    }
    List<Stratum> allocated = new ArrayList<>();
    for (int i = 0; i < items.length; i++) {
      allocated.add(strata.get(i).sampled(items[i]));
    }
    return allocated;
  }

  /** What is left, shared out by largest remainders; no stratum gets more than it has. */
  private static int[] shares(List<Stratum> strata, int[] items, long left) {
    double[] sizes = new double[items.length];
    double all = 0;
    for (int i = 0; i < items.length; i++) {
      sizes[i] = strata.get(i).messages() > items[i] ? size(strata.get(i)) : 0;
      all += sizes[i];
    }
    int[] more = new int[items.length];
    List<Integer> order = new ArrayList<>();
    double[] remainders = new double[items.length];
    long given = 0;
    for (int i = 0; i < items.length && all > 0; i++) {
      double share = left * sizes[i] / all;
      long room = strata.get(i).messages() - items[i];
      more[i] = (int) Math.min(room, (long) share);
      given += more[i];
      if (room > more[i]) {
        remainders[i] = share - more[i];
        order.add(i);
      }
    }
    order.sort(Comparator.comparingDouble((Integer i) -> remainders[i]).reversed());
    for (int i = 0; i < order.size() && given < left && remainders[order.get(i)] > 0; i++) {
      more[order.get(i)]++;
      given++;
    }
    return more;
  }

  private static double size(Stratum stratum) {
    double p = Math.min(1 - DOUBT, Math.max(DOUBT, stratum.mean()));
    return Math.pow((double) stratum.messages(), POWER) * Math.sqrt(p * (1 - p));
  }
}

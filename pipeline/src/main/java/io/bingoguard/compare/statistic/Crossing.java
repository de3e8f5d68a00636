package io.bingoguard.compare.statistic;

import java.util.function.DoublePredicate;

/** Finds where a condition ceases to hold, to the last bit. */
final class Crossing {
  private static final int HALVINGS = 2000;

  private Crossing() {}

  /**
   * The place between two others.
   *
   * @param holds holds from {@code from} up to that place, and not from there to {@code to}
   */
  static double between(double from, double to, DoublePredicate holds) {
    double yes = from;
    double no = to;
    for (int i = 0; i < HALVINGS; i++) {
      double middle = yes + (no - yes) / 2;
      if (middle == yes || middle == no) {
        break;
      }
      if (holds.test(middle)) {
        yes = middle;
      } else {
        no = middle;
      }
    }
    return yes;
  }
}

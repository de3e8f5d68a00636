package io.bingoguard.cli;

import io.bingoguard.testing.SharedSpark;

/** Writes labels of many nights without a model, for {@code scripts/benchmark-audit}. */
final class ManyLabels {
  private static final double RATE = 0.04;

  private ManyLabels() {}

  /**
   * Writes them, each night in a commit.
   *
   * @param arguments output; first night, from 0; the night behind the last; exchanges a night
   */
  public static void main(String[] arguments) {
    int from = Integer.parseInt(arguments[1]);
    int to = Integer.parseInt(arguments[2]);
    int sources = 3;
    LabelledNights nights = new LabelledNights(SharedSpark.session(), arguments[0], "revision-1");
    for (int night = from; night < to; night++) {
      nights.append(night, night + 1, Integer.parseInt(arguments[3]) / sources, RATE, to - 1);
    }
    SharedSpark.session().stop();
  }
}

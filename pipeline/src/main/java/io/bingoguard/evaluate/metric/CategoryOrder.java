package io.bingoguard.evaluate.metric;

import java.util.Comparator;

/** How category codes are sorted. */
public final class CategoryOrder {
  /** Shorter codes first, then in alphabetical order: S2 before S10. */
  public static final Comparator<String> BY_CODE =
      Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder());

  private CategoryOrder() {}
}

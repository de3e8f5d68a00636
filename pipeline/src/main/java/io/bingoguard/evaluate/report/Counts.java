package io.bingoguard.evaluate.report;

import io.bingoguard.page.Numbers;
import java.util.ArrayList;
import java.util.List;

/** How many cases there are, and what became of them, in a line. */
final class Counts {
  private final List<String> parts = new ArrayList<>();

  Counts add(long number, String what) {
    parts.add(Numbers.count(number) + " " + what);
    return this;
  }

  /** Leaves out what did not happen. */
  Counts addSome(long number, String what) {
    return number > 0 ? add(number, what) : this;
  }

  String text() {
    return String.join(", ", parts);
  }
}

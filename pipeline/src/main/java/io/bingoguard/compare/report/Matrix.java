package io.bingoguard.compare.report;

import io.bingoguard.compare.count.Transitions;
import io.bingoguard.guard.Severity;
import io.bingoguard.page.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where cases were, row by row, and where they are, column by column.
 *
 * @param transitions the numbers
 * @param places in their order
 */
record Matrix(Transitions transitions, List<String> places) {
  /** Of severities. */
  static final List<String> LEVELS =
      Stream.concat(
              IntStream.range(0, Severity.LEVELS).mapToObj(Integer::toString),
              Stream.of(Transitions.UNKNOWN))
          .toList();

  private static final int SHADES = 4;

  /** From here on counts are shown in thousands, so that columns stand beside each other. */
  private static final int THOUSANDS = 100_000;

  Matrix {
    places = List.copyOf(places);
  }

  /**
   * A number.
   *
   * @param count as it is shown
   * @param style how it looks: framed where nothing changed, else the darker the more did
   */
  record Cell(String count, String style) {}

  List<Cell> row(String before) {
    List<Cell> cells = new ArrayList<>();
    for (String after : places) {
      long count = transitions.count(before, after);
      cells.add(new Cell(shown(count), before.equals(after) ? "right" : shade(count)));
    }
    return cells;
  }

  private String shade(long count) {
    long most =
        transitions.cells().stream()
            .filter(cell -> !cell.before().equals(cell.after()))
            .mapToLong(Transitions.Transition::count)
            .max()
            .orElse(0);
    return count == 0
        ? ""
        : "heat-" + Math.min(SHADES, 1 + (int) (SHADES * Math.sqrt((double) count / (most + 1))));
  }

  private static String shown(long count) {
    return count < THOUSANDS
        ? Numbers.count(count)
        : Numbers.count(Math.round(count / 1000.0)) + "k";
  }
}

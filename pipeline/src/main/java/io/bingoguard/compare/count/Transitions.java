package io.bingoguard.compare.count;

import java.util.List;

/**
 * How many cases went from where to where.
 *
 * @param cells the numbers that are not 0, each pair of places once
 */
public record Transitions(List<Transition> cells) {
  /** What is said of a case that is not known. */
  public static final String UNKNOWN = "unknown";

  public Transitions {
    cells = List.copyOf(cells);
  }

  /**
   * A number of cases.
   *
   * @param before where they were
   * @param after where they are
   */
  public record Transition(String before, String after, long count) {}

  public long count(String before, String after) {
    return cells.stream()
        .filter(cell -> cell.before().equals(before) && cell.after().equals(after))
        .mapToLong(Transition::count)
        .sum();
  }

  public long all() {
    return cells.stream().mapToLong(Transition::count).sum();
  }

  /** Those that are elsewhere than they were. */
  public long changed() {
    return cells.stream()
        .filter(cell -> !cell.before().equals(cell.after()))
        .mapToLong(Transition::count)
        .sum();
  }

  /** Without the cases that are not known before, or not after. */
  public Transitions known() {
    return new Transitions(
        cells.stream()
            .filter(cell -> !cell.before().equals(UNKNOWN) && !cell.after().equals(UNKNOWN))
            .toList());
  }
}

package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How many cases went from where to where.
 *
 * @param cells the numbers that are not 0, each pair of places once
 */
public record Transitions(List<Transition> cells) {
  /** What is said of a case that is not known. */
  public static final String UNKNOWN = "unknown";

  static final Transitions NONE = new Transitions(List.of());

  /** More than places have, unless they are no categories; the commonest are kept then. */
  private static final int MOST = 10_000;

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

  /**
   * Those of each side, the commonest first.
   *
   * @param before a column of places
   * @param after a column of places
   */
  static Map<String, Transitions> of(Dataset<Row> messages, Column before, Column after) {
    Map<String, List<Transition>> cells = new HashMap<>();
    messages
        .groupBy(col(Messages.SIDE), before.as("from"), after.as("to"))
        .count()
        .orderBy(col("count").desc(), col("from"), col("to"))
        .limit(MOST)
        .collectAsList()
        .forEach(
            row ->
                cells
                    .computeIfAbsent(row.getString(0), side -> new ArrayList<>())
                    .add(new Transition(row.getString(1), row.getString(2), row.getLong(3))));
    Map<String, Transitions> sides = new HashMap<>();
    cells.forEach((side, found) -> sides.put(side, new Transitions(found)));
    return sides;
  }

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
    return moved().all();
  }

  /** Without the cases that are where they were. */
  public Transitions moved() {
    return new Transitions(
        cells.stream().filter(cell -> !cell.before().equals(cell.after())).toList());
  }

  /** Without the cases that are not known before, or not after. */
  public Transitions known() {
    return new Transitions(
        cells.stream()
            .filter(cell -> !cell.before().equals(UNKNOWN) && !cell.after().equals(UNKNOWN))
            .toList());
  }
}

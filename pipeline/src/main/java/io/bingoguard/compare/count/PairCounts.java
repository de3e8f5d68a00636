package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;

/**
 * Two label sets, counted.
 *
 * @param coverage how much of them is of the same content
 * @param sides what became of replies and prompts of the same content, of those that there are
 */
public record PairCounts(Coverage coverage, List<SideCounts> sides) {
  public PairCounts {
    Objects.requireNonNull(coverage, "coverage");
    sides = List.copyOf(sides);
  }

  /**
   * Counts labels with the columns of the labels table.
   *
   * @param busy is told what is being done
   */
  public static PairCounts of(Dataset<Row> before, Dataset<Row> after, Consumer<String> busy) {
    busy.accept("Finding labels of the same content");
    // Memory is left to what Spark is doing, and rows are moved once however often they are
    // counted.
    Dataset<Row> pairs = Pairs.of(before, after).persist(StorageLevel.DISK_ONLY());
    try {
      Coverage coverage = Coverage.of(pairs);
      busy.accept("Counting what changed");
      return new PairCounts(coverage, sides(Messages.of(pairs)));
    } finally {
      pairs.unpersist();
    }
  }

  private static List<SideCounts> sides(Dataset<Row> messages) {
    Map<String, Transitions> verdicts =
        Transitions.of(messages, col(Messages.VERDICT_BEFORE), col(Messages.VERDICT_AFTER));
    Column before = col(Messages.CATEGORY_BEFORE);
    Column after = col(Messages.CATEGORY_AFTER);
    Map<String, Transitions> categories =
        Transitions.of(messages.where(before.isNotNull().and(after.isNotNull())), before, after);
    Column graded =
        col(Messages.SEVERITY_BEFORE).isNotNull().or(col(Messages.SEVERITY_AFTER).isNotNull());
    Map<String, Transitions> severities =
        Transitions.of(
            messages.where(graded),
            level(Messages.SEVERITY_BEFORE),
            level(Messages.SEVERITY_AFTER));
    Map<String, Shifts> shifts = Shifts.of(messages);
    Map<String, SideEffects> effects = SideEffects.of(messages);
    Map<String, List<Groups>> groups = GroupCounts.of(messages, effects);
    return Stream.of(Messages.RESPONSE, Messages.PROMPT)
        .filter(verdicts::containsKey)
        .map(
            side ->
                new SideCounts(
                    side,
                    verdicts.get(side),
                    categories.getOrDefault(side, Transitions.NONE),
                    severities.getOrDefault(side, Transitions.NONE),
                    shifts.getOrDefault(side, Shifts.NONE),
                    effects.get(side),
                    groups.get(side),
                    Flip.largest(messages, side)))
        .toList();
  }

  private static Column level(String severity) {
    return coalesce(col(severity).cast("string"), lit(Transitions.UNKNOWN));
  }
}

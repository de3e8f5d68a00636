package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.List;
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
  /** Changes of category that are named. */
  private static final int NAMED = 100;

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
    // Memory is left to what Spark is doing, and rows are moved once however often they are counted.
    Dataset<Row> pairs = Pairs.of(before, after).persist(StorageLevel.DISK_ONLY());
    try {
      Coverage coverage = Coverage.of(pairs);
      busy.accept("Counting what changed");
      Dataset<Row> messages = Messages.of(pairs);
      return new PairCounts(
          coverage,
          Stream.of(Messages.RESPONSE, Messages.PROMPT)
              .map(side -> side(messages, side))
              .filter(side -> side.messages() > 0)
              .toList());
    } finally {
      pairs.unpersist();
    }
  }

  private static SideCounts side(Dataset<Row> messages, String side) {
    Dataset<Row> ofSide = messages.where(col(Messages.SIDE).equalTo(side));
    Column same = col(Messages.CATEGORY_BEFORE).equalTo(col(Messages.CATEGORY_AFTER));
    SideEffects effects = SideEffects.of(ofSide);
    Row categories = ofSide.agg(count_if(same), count_if(not(same))).first();
    Column graded =
        col(Messages.SEVERITY_BEFORE).isNotNull().or(col(Messages.SEVERITY_AFTER).isNotNull());
    return new SideCounts(
        side,
        transitions(ofSide, col(Messages.VERDICT_BEFORE), col(Messages.VERDICT_AFTER)),
        categories.getLong(0),
        transitions(
            ofSide.where(not(same)), col(Messages.CATEGORY_BEFORE), col(Messages.CATEGORY_AFTER)),
        categories.getLong(1),
        transitions(
            ofSide.where(graded), level(Messages.SEVERITY_BEFORE), level(Messages.SEVERITY_AFTER)),
        Shifts.of(ofSide),
        effects,
        GroupCounts.of(ofSide, effects.flips()),
        Flip.largest(ofSide));
  }

  private static Column level(String severity) {
    return coalesce(col(severity).cast("string"), lit(Transitions.UNKNOWN));
  }

  private static Transitions transitions(Dataset<Row> messages, Column before, Column after) {
    return new Transitions(
        messages
            .groupBy(before.as("from"), after.as("to"))
            .count()
            .orderBy(col("count").desc(), col("from"), col("to"))
            .limit(NAMED)
            .collectAsList()
            .stream()
            .map(
                row ->
                    new Transitions.Transition(row.getString(0), row.getString(1), row.getLong(2)))
            .toList());
  }
}

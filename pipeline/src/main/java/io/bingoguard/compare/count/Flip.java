package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.abs;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.substring;

import io.bingoguard.spark.rows.LabelRow;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * A message whose verdict is another.
 *
 * @param conversation its id, the beginning of a long one
 * @param turn place in the conversation, from 0
 * @param source where it comes from
 * @param before what was said of it
 * @param after what is said of it
 */
public record Flip(
    String conversation, int turn, Optional<String> source, Judgement before, Judgement after) {
  /** How many of a side are named. */
  static final int NAMED = 20;

  private static final int MOST_NAME = 200;

  public Flip {
    Objects.requireNonNull(conversation, "conversation");
    Objects.requireNonNull(source, "source");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
  }

  /**
   * What a label says.
   *
   * @param verdict key of a {@link VerdictState}
   * @param probability of harm
   * @param category code of a harmful message's
   */
  public record Judgement(
      String verdict, Optional<Double> probability, Optional<String> category) {}

  /** Those whose probability moved most; those without one last. */
  static List<Flip> largest(Dataset<Row> messages, String side) {
    return messages
        .where(col(Messages.SIDE).equalTo(side).and(col(Messages.FLIPPED)))
        .withColumn("size", abs(col(Messages.SHIFT)))
        .orderBy(
            col("size").desc_nulls_last(), col(LabelRow.CONVERSATION_ID), col(LabelRow.TURN_INDEX))
        .limit(NAMED)
        .withColumn(
            LabelRow.CONVERSATION_ID, substring(col(LabelRow.CONVERSATION_ID), 1, MOST_NAME))
        .withColumn(LabelRow.SOURCE, substring(col(LabelRow.SOURCE), 1, MOST_NAME))
        .collectAsList()
        .stream()
        .map(Flip::of)
        .toList();
  }

  private static Flip of(Row row) {
    return new Flip(
        row.getAs(LabelRow.CONVERSATION_ID),
        row.<Integer>getAs(LabelRow.TURN_INDEX),
        Optional.ofNullable(row.getAs(LabelRow.SOURCE)),
        new Judgement(
            row.getAs(Messages.VERDICT_BEFORE),
            Optional.ofNullable(row.getAs(Messages.PROBABILITY_BEFORE)),
            Optional.ofNullable(row.getAs(Messages.CATEGORY_BEFORE))),
        new Judgement(
            row.getAs(Messages.VERDICT_AFTER),
            Optional.ofNullable(row.getAs(Messages.PROBABILITY_AFTER)),
            Optional.ofNullable(row.getAs(Messages.CATEGORY_AFTER))));
  }
}

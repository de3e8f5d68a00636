package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.bingoguard.spark.rows.LabelRow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * How much of two label sets is of the same content.
 *
 * @param matched labels that each side has of the same content
 * @param repeated those of them whose content a side has another label of already
 * @param otherContent labels on each side of a conversation and turn whose content is another there
 * @param onlyBefore labels before of what is not there after
 * @param onlyAfter labels after of what was not there before
 */
public record Coverage(
    long matched, long repeated, long otherContent, long onlyBefore, long onlyAfter) {
  static Coverage of(Dataset<Row> pairs) {
    Column before = col(Pairs.BEFORE).isNotNull();
    Column after = col(Pairs.AFTER).isNotNull();
    Column both = before.and(after);
    Row counts =
        pairs
            .agg(
                count_if(both),
                count_if(both.and(col(Pairs.NTH).gt(1))),
                count_if(before),
                count_if(after))
            .first();
    long matched = counts.getLong(0);
    Row changed =
        pairs
            .where(before.and(after).equalTo(lit(false)))
            .groupBy(LabelRow.CONVERSATION_ID, LabelRow.TURN_INDEX)
            .agg(count_if(before).as("gone"), count_if(after).as("come"))
            .agg(coalesce(sum(least(col("gone"), col("come"))), lit(0L)))
            .first();
    long other = changed.getLong(0);
    return new Coverage(
        matched,
        counts.getLong(1),
        other,
        counts.getLong(2) - matched - other,
        counts.getLong(3) - matched - other);
  }

  /** Labels before that have none beside them. */
  public long unmatchedBefore() {
    return otherContent + onlyBefore;
  }

  /** Labels after that have none beside them. */
  public long unmatchedAfter() {
    return otherContent + onlyAfter;
  }
}

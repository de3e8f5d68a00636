package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.first;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.spark.rows.LabelRow;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Labels before and after of the same content: conversation, turn and content hash. Where the same
 * content stands several times on a side, the first goes with the first of the other side, the
 * second with the second, and so on.
 */
final class Pairs {
  /** The label of each side, null where it has none of the content. */
  static final String BEFORE = "before";

  static final String AFTER = "after";

  /** Which of equal contents a pair is, from 1. */
  static final String NTH = "nth";

  private static final List<String> KEY =
      List.of(LabelRow.CONVERSATION_ID, LabelRow.TURN_INDEX, LabelRow.CONTENT_HASH);

  /** What is compared, and by what it is told apart. */
  private static final List<String> VALUES =
      List.of(
          LabelRow.LABEL_STATUS,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_PROBABILITY,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_PROBABILITY,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY,
          LabelRow.SOURCE,
          LabelRow.LANGUAGE);

  /** What puts equal contents in order, alike on both sides. */
  private static final List<String> ORDER =
      List.of(LabelRow.INPUT_FILE, LabelRow.INPUT_ROW, LabelRow.LABELLED_AT);

  private static final String IS_AFTER = "is_after";
  private static final String LABEL = "label";

  private Pairs() {}

  /** The pairs, those that lack a side included. Rows are moved once, and no group is held. */
  static Dataset<Row> of(Dataset<Row> before, Dataset<Row> after) {
    Column nth =
        row_number()
            .over(Window.partitionBy(columns(KEY, IS_AFTER)).orderBy(columns(ORDER, LABEL)));
    return labels(before, false)
        .unionByName(labels(after, true))
        .repartition(columns(KEY))
        .withColumn(NTH, nth)
        .groupBy(columns(KEY, NTH))
        .agg(
            first(when(not(col(IS_AFTER)), col(LABEL)), true).as(BEFORE),
            first(when(col(IS_AFTER), col(LABEL)), true).as(AFTER));
  }

  private static Dataset<Row> labels(Dataset<Row> rows, boolean after) {
    return rows.select(
            Stream.concat(
                    Stream.concat(KEY.stream(), ORDER.stream()).map(functions::col),
                    Stream.of(struct(columns(VALUES)).as(LABEL)))
                .toArray(Column[]::new))
        .withColumn(IS_AFTER, lit(after));
  }

  private static Column[] columns(List<String> names, String... more) {
    return Stream.concat(names.stream(), Stream.of(more))
        .map(functions::col)
        .toArray(Column[]::new);
  }
}

package io.bingoguard.label;

import static io.bingoguard.spark.rows.LabelRow.CONTENT_HASH;
import static io.bingoguard.spark.rows.LabelRow.CONVERSATION_ID;
import static io.bingoguard.spark.rows.LabelRow.INPUT_FILE;
import static io.bingoguard.spark.rows.LabelRow.TURN_INDEX;

import io.bingoguard.spark.rows.ExchangeRow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Exchanges without those that are labelled. An exchange is told by its conversation, its turn, its
 * content and its file; where several are alike, as many are left out as there are labels.
 */
final class Unlabelled {
  /** What tells an exchange from others. */
  static final String[] KEY = {CONVERSATION_ID, TURN_INDEX, CONTENT_HASH, INPUT_FILE};

  private static final String OCCURRENCE = "occurrence";
  private static final String LABELLED = "labelled";

  private Unlabelled() {}

  /**
   * What is left to label.
   *
   * @param exchanges rows of {@link ExchangeRow}
   * @param labels rows of the labels table that may be theirs
   */
  static Dataset<Row> of(Dataset<Row> exchanges, Dataset<Row> labels) {
    Dataset<Row> counted =
        labels.groupBy(columns(labels)).agg(functions.count(functions.lit(1)).as(LABELLED));
    Dataset<Row> hashed = exchanges.withColumn(CONTENT_HASH, ExchangeHash.of(exchanges));
    Dataset<Row> numbered =
        hashed.withColumn(
            OCCURRENCE,
            functions
                .row_number()
                .over(Window.partitionBy(columns(hashed)).orderBy(ExchangeRow.INPUT_ROW)));
    Column same = functions.lit(true);
    for (String column : KEY) {
      same = same.and(numbered.col(column).eqNullSafe(counted.col(column)));
    }
    return numbered
        .join(counted, same, "left_outer")
        .where(
            functions
                .coalesce(counted.col(LABELLED), functions.lit(0))
                .lt(numbered.col(OCCURRENCE)))
        .select(columns(exchanges.columns(), exchanges));
  }

  private static Column[] columns(Dataset<Row> of) {
    return columns(KEY, of);
  }

  private static Column[] columns(String[] names, Dataset<Row> of) {
    Column[] columns = new Column[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = of.col(names[i]);
    }
    return columns;
  }
}

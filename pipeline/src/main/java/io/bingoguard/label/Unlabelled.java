package io.bingoguard.label;

import io.bingoguard.source.ExchangeKeys;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

/**
 * Exchanges without those that are labelled; where several are alike, as many are left out as there
 * are labels.
 */
final class Unlabelled {
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
        labels
            .groupBy(ExchangeKeys.columns(labels))
            .agg(functions.count(functions.lit(1)).as(LABELLED));
    Dataset<Row> hashed = ExchangeKeys.hashed(exchanges);
    Dataset<Row> numbered =
        hashed.withColumn(
            OCCURRENCE,
            functions
                .row_number()
                .over(
                    Window.partitionBy(ExchangeKeys.columns(hashed))
                        .orderBy(ExchangeRow.INPUT_ROW)));
    return numbered
        .join(counted, ExchangeKeys.same(numbered, counted), "left_outer")
        .where(
            functions
                .coalesce(counted.col(LABELLED), functions.lit(0))
                .lt(numbered.col(OCCURRENCE)))
        .select(Arrays.stream(exchanges.columns()).map(exchanges::col).toArray(Column[]::new));
  }
}

package io.bingoguard.source;

import static io.bingoguard.spark.rows.LabelRow.CONTENT_HASH;
import static io.bingoguard.spark.rows.LabelRow.CONVERSATION_ID;
import static io.bingoguard.spark.rows.LabelRow.INPUT_FILE;
import static io.bingoguard.spark.rows.LabelRow.TURN_INDEX;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** What tells an exchange from others: its conversation, its turn, its content and its file. */
public final class ExchangeKeys {
  public static final List<String> COLUMNS =
      List.of(CONVERSATION_ID, TURN_INDEX, CONTENT_HASH, INPUT_FILE);

  private ExchangeKeys() {}

  /** Exchanges with the hash of their content, as the labels have it. */
  public static Dataset<Row> hashed(Dataset<Row> exchanges) {
    return exchanges.withColumn(CONTENT_HASH, ExchangeHash.of(exchanges));
  }

  /** The columns of the key, of rows that have them. */
  public static Column[] columns(Dataset<Row> rows) {
    return COLUMNS.stream().map(rows::col).toArray(Column[]::new);
  }

  /** Whether rows have the same key, null counting as a value. */
  public static Column same(Dataset<Row> some, Dataset<Row> others) {
    return COLUMNS.stream()
        .map(column -> some.col(column).eqNullSafe(others.col(column)))
        .reduce(functions.lit(true), Column::and);
  }

  /** Distinct keys of exchanges. */
  public static Dataset<Row> of(Dataset<Row> exchanges) {
    Dataset<Row> hashed = hashed(exchanges);
    return hashed.select(columns(hashed)).distinct();
  }
}

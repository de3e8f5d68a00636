package io.bingoguard.source;

import static org.apache.spark.sql.functions.udf;

import io.bingoguard.guard.Exchange;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/** The content hash of exchange rows, as labels have it. */
public final class ExchangeHash {
  private static final UserDefinedFunction HASH =
      udf(
          (UDF2<String, String, String>)
              (prompt, response) ->
                  new Exchange(Optional.ofNullable(prompt), Optional.ofNullable(response))
                      .contentHash(),
          DataTypes.StringType);

  private ExchangeHash() {}

  /** The hash of both texts of a row of {@link ExchangeRow}. */
  public static Column of(Dataset<Row> exchanges) {
    return HASH.apply(exchanges.col(ExchangeRow.PROMPT), exchanges.col(ExchangeRow.RESPONSE));
  }
}

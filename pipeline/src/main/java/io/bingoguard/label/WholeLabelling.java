package io.bingoguard.label;

import static io.bingoguard.spark.rows.LabelRow.CONTENT_HASH;
import static io.bingoguard.spark.rows.LabelRow.CONVERSATION_ID;
import static io.bingoguard.spark.rows.LabelRow.TURN_INDEX;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import io.bingoguard.guard.Exchange;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.table.CommitKey;
import io.bingoguard.table.LabelsTable;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;

/**
 * Labels an input that is read whole, in one commit. An input in the same state as before is
 * skipped by the table; of a changed one, exchanges whose conversation, turn and content are in the
 * table already are left out.
 */
final class WholeLabelling {
  private static final UserDefinedFunction HASH =
      udf(
          (UDF2<String, String, String>)
              (prompt, response) ->
                  new Exchange(Optional.ofNullable(prompt), Optional.ofNullable(response))
                      .contentHash(),
          DataTypes.StringType);

  private final LabelWriter writer;
  private final LabelsTable table;

  WholeLabelling(LabelWriter writer, LabelsTable table) {
    this.writer = writer;
    this.table = table;
  }

  /**
   * Labels what is new.
   *
   * @param exchanges all exchanges of the input
   * @param fingerprint names the input in the state it is in
   */
  void run(Dataset<Row> exchanges, String fingerprint, String runId) {
    int parallelism = exchanges.sparkSession().sparkContext().defaultParallelism();
    writer.write(
        withoutLabelled(exchanges).repartition(parallelism),
        new CommitKey("label-whole-" + fingerprint, 0, runId));
  }

  private Dataset<Row> withoutLabelled(Dataset<Row> exchanges) {
    Dataset<Row> labelled = table.read().select(CONVERSATION_ID, TURN_INDEX, CONTENT_HASH);
    if (labelled.isEmpty()) {
      return exchanges;
    }
    return exchanges
        .withColumn(CONTENT_HASH, HASH.apply(col(ExchangeRow.PROMPT), col(ExchangeRow.RESPONSE)))
        .join(labelled, new String[] {CONVERSATION_ID, TURN_INDEX, CONTENT_HASH}, "left_anti")
        .drop(CONTENT_HASH);
  }
}

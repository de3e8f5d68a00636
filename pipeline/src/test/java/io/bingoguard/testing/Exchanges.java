package io.bingoguard.testing;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Exchange rows for tests. */
public final class Exchanges {
  private Exchanges() {}

  public static Row row(String conversation, int turn, String prompt, String response) {
    return ExchangeRow.of(
            conversation,
            turn,
            new Exchange(Optional.ofNullable(prompt), Optional.ofNullable(response)))
        .write();
  }

  public static Row skipped(String conversation, int turn) {
    SafetyLabel label =
        SafetyLabel.notJudged(LabelStatus.SKIPPED_EMPTY, ErrorCode.TEXT_EMPTY, "no text");
    return new ExchangeRow(
            conversation,
            turn,
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            new Exchange(Optional.empty(), Optional.empty()),
            0,
            Optional.of(label))
        .write();
  }

  public static Dataset<Row> frame(Row... rows) {
    return SharedSpark.session().createDataFrame(List.of(rows), ExchangeRow.schema());
  }

  /** Rows of the labels table for the given exchanges. */
  public static Dataset<Row> labelled(FakeLabeller labeller, Row... rows) {
    return frame(rows).mapPartitions(labeller, LabelRow.encoder(false));
  }
}

package io.bingoguard.testing;

import io.bingoguard.spark.ExchangeSchema;
import io.bingoguard.spark.LabelSchema;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Exchange rows for tests. */
public final class Exchanges {
  private Exchanges() {}

  public static Row row(String conversation, int turn, String prompt, String response) {
    return RowFactory.create(
        conversation, turn, null, null, null, prompt, response, null, null, null);
  }

  public static Row skipped(String conversation, int turn) {
    return RowFactory.create(
        conversation, turn, null, null, null, null, null, "skipped_empty", "NO_TEXT", "no text");
  }

  public static Dataset<Row> frame(Row... rows) {
    return SharedSpark.session().createDataFrame(List.of(rows), ExchangeSchema.SCHEMA);
  }

  /** Rows of the labels table for the given exchanges. */
  public static Dataset<Row> labelled(FakeLabeler labeler, Row... rows) {
    return frame(rows).mapPartitions(labeler, Encoders.row(LabelSchema.of(false)));
  }
}

package io.bingoguard.label;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.LabelSchema;
import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Counts the rows that a labeler hands out, for the progress line and the limit of errors. */
final class CountingLabeler implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  /** By position, since the rows need not know their schema. */
  private static final int TURN_INDEX = LabelSchema.of(false).fieldIndex(LabelSchema.TURN_INDEX);

  private static final int LABEL_STATUS =
      LabelSchema.of(false).fieldIndex(LabelSchema.LABEL_STATUS);

  private final MapPartitionsFunction<Row, Row> labeler;
  private final LongAccumulator exchanges;
  private final LongAccumulator conversations;
  private final LongAccumulator errors;

  CountingLabeler(
      MapPartitionsFunction<Row, Row> labeler,
      LongAccumulator exchanges,
      LongAccumulator conversations,
      LongAccumulator errors) {
    this.labeler = Objects.requireNonNull(labeler, "labeler");
    this.exchanges = Objects.requireNonNull(exchanges, "exchanges");
    this.conversations = Objects.requireNonNull(conversations, "conversations");
    this.errors = Objects.requireNonNull(errors, "errors");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws Exception {
    Iterator<Row> labels = labeler.call(rows);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return labels.hasNext();
      }

      @Override
      public Row next() {
        Row label = labels.next();
        exchanges.add(1);
        if (label.getInt(TURN_INDEX) == 0) {
          conversations.add(1);
        }
        if (label.getString(LABEL_STATUS).equals(LabelStatus.ERROR.key())) {
          errors.add(1);
        }
        return label;
      }
    };
  }
}

package io.bingoguard.label;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.rows.LabelRow;
import java.util.Iterator;
import java.util.Objects;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.util.LongAccumulator;

/** Counts the rows that a labeller hands out, for the progress line and the limit of errors. */
final class CountingLabeller implements MapPartitionsFunction<Row, Row> {
  private static final long serialVersionUID = 1L;

  private final MapPartitionsFunction<Row, Row> labeller;
  private final LongAccumulator exchanges;
  private final LongAccumulator conversations;
  private final LongAccumulator errors;

  CountingLabeller(
      MapPartitionsFunction<Row, Row> labeller,
      LongAccumulator exchanges,
      LongAccumulator conversations,
      LongAccumulator errors) {
    this.labeller = Objects.requireNonNull(labeller, "labeller");
    this.exchanges = Objects.requireNonNull(exchanges, "exchanges");
    this.conversations = Objects.requireNonNull(conversations, "conversations");
    this.errors = Objects.requireNonNull(errors, "errors");
  }

  @Override
  public Iterator<Row> call(Iterator<Row> rows) throws Exception {
    Iterator<Row> labels = labeller.call(rows);
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return labels.hasNext();
      }

      @Override
      public Row next() {
        Row label = labels.next();
        exchanges.add(1);
        if (label.<Integer>getAs(LabelRow.TURN_INDEX) == 0) {
          conversations.add(1);
        }
        if (label.getAs(LabelRow.LABEL_STATUS).equals(LabelStatus.ERROR.key())) {
          errors.add(1);
        }
        return label;
      }
    };
  }
}

package io.bingoguard.spark.sql;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TaskJudging;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.sql.catalyst.CatalystTypeConverters;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.JoinedRow;
import org.apache.spark.sql.catalyst.expressions.UnsafeProjection;
import scala.Function1;
import scala.collection.Seq;

/**
 * Adds labels to the rows of a partition.
 *
 * @param texts prompt and response
 * @param input columns of the rows
 * @param output the same, with the label
 * @param options how to judge
 */
record LabelTask(
    Seq<Expression> texts, Seq<Attribute> input, Seq<Attribute> output, LabellingOptions options)
    implements Function2<Integer, Iterator<InternalRow>, Iterator<InternalRow>> {
  /** A row with its texts; two missing ones are not judged, and have no label. */
  private record Texts(InternalRow row, Exchange exchange) {
    Optional<Exchange> toBeJudged() {
      return exchange.prompt().isEmpty() && exchange.response().isEmpty()
          ? Optional.empty()
          : Optional.of(exchange);
    }
  }

  @Override
  public Iterator<InternalRow> call(Integer partition, Iterator<InternalRow> rows) {
    if (!rows.hasNext()) {
      return rows;
    }
    UnsafeProjection read = UnsafeProjection.create(texts, input);
    read.initialize(partition);
    UnsafeProjection written = UnsafeProjection.create(expressions(), output);
    Function1<Object, Object> converter =
        CatalystTypeConverters.createToCatalystConverter(LabelColumns.TYPE);
    return TaskJudging.judge(
        options,
        TaskJudging.mapped(rows, row -> read(row, read)),
        Texts::toBeJudged,
        (texts, label) -> written.apply(joined(texts, label, converter)),
        engine -> {});
  }

  /** Spark's rows are written anew by the next, and several are judged at once. */
  private static Texts read(InternalRow row, UnsafeProjection projection) {
    InternalRow texts = projection.apply(row);
    return new Texts(row.copy(), new Exchange(text(texts, 0), text(texts, 1)));
  }

  private static Optional<String> text(InternalRow texts, int index) {
    return texts.isNullAt(index)
        ? Optional.empty()
        : Optional.of(texts.getUTF8String(index).toString());
  }

  private InternalRow joined(
      Texts texts, Optional<SafetyLabel> label, Function1<Object, Object> converter) {
    Object struct =
        label
            .map(each -> converter.apply(LabelColumns.of(texts.exchange(), each, options.stamp())))
            .orElse(null);
    return new JoinedRow(texts.row(), new GenericInternalRow(new Object[] {struct}));
  }

  /** Scala's sequences are covariant, which Java cannot say. */
  @SuppressWarnings("unchecked")
  private Seq<Expression> expressions() {
    return (Seq<Expression>) (Seq<?>) output;
  }
}

package io.bingoguard.spark.ml;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TaskJudging;
import io.bingoguard.spark.sql.LabelColumns;
import java.util.Iterator;
import java.util.Optional;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/**
 * Adds labels to the rows of a partition.
 *
 * @param options how to judge
 * @param prompt index of the column with prompts, or {@link #NONE}
 * @param response index of the column with responses, or {@link #NONE}
 * @param error whether the error message is added too
 * @param annotations whether annotations are added too
 */
record LabelledColumns(
    LabellingOptions options, int prompt, int response, boolean error, boolean annotations)
    implements MapPartitionsFunction<Row, Row> {
  static final int NONE = -1;

  @Override
  public Iterator<Row> call(Iterator<Row> rows) {
    return rows.hasNext()
        ? TaskJudging.judge(options, rows, this::toBeJudged, this::labelled, engine -> {})
        : rows;
  }

  private Optional<Exchange> toBeJudged(Row row) {
    return Optional.of(exchange(row))
        .filter(texts -> texts.prompt().isPresent() || texts.response().isPresent());
  }

  private Exchange exchange(Row row) {
    return new Exchange(text(row, prompt), text(row, response));
  }

  private static Optional<String> text(Row row, int index) {
    return index == NONE ? Optional.empty() : Optional.ofNullable(row.getString(index));
  }

  private Row labelled(Row row, Optional<SafetyLabel> label) {
    Exchange exchange = exchange(row);
    Object[] values = new Object[row.length() + 1 + (error ? 1 : 0) + (annotations ? 1 : 0)];
    int next = 0;
    while (next < row.length()) {
      values[next] = row.get(next);
      next++;
    }
    values[next++] =
        label.map(judged -> LabelColumns.of(exchange, judged, options.stamp())).orElse(null);
    if (error) {
      values[next++] = label.flatMap(SafetyLabel::problem).map(LabelProblem::message).orElse(null);
    }
    if (annotations) {
      values[next] = Annotations.of(exchange, label);
    }
    return RowFactory.create(values);
  }
}

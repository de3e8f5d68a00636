package io.bingoguard.spark.rows;

import io.bingoguard.guard.TextSpan;
import io.bingoguard.guard.Windows;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** The columns of a label that tell its windows. */
final class WindowColumns {
  private WindowColumns() {}

  static void write(Windows windows, Map<String, Object> values) {
    values.put(LabelRow.WINDOWS, windows.count());
    if (windows.prompt().isPresent() || windows.response().isPresent()) {
      values.put(
          LabelRow.WINDOW_OF_VERDICT,
          RowFactory.create(row(windows.prompt()), row(windows.response())));
    }
    windows.contextCut().ifPresent(tokens -> values.put(LabelRow.CONTEXT_CUT_TOKENS, tokens));
  }

  private static Row row(Optional<TextSpan> span) {
    return span.map(found -> RowFactory.create(found.begin(), found.end())).orElse(null);
  }

  static Windows read(Row row) {
    Optional<Row> spans = Columns.value(row, LabelRow.WINDOW_OF_VERDICT);
    return new Windows(
        row.getAs(LabelRow.WINDOWS),
        spans.flatMap(both -> span(both, 0)),
        spans.flatMap(both -> span(both, 1)),
        Columns.<Integer>value(row, LabelRow.CONTEXT_CUT_TOKENS)
            .map(OptionalInt::of)
            .orElse(OptionalInt.empty()));
  }

  private static Optional<TextSpan> span(Row spans, int of) {
    return spans.isNullAt(of)
        ? Optional.empty()
        : Optional.of(new TextSpan(spans.getStruct(of).getInt(0), spans.getStruct(of).getInt(1)));
  }
}

package io.bingoguard.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.spark.rows.LabelRow;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * The first labels of a run for people, with the beginnings of the texts where the table has them.
 */
final class FirstRows {
  private static final int ROWS = 12;
  private static final int WIDEST = 48;

  private static final List<String> LABELS =
      List.of(
          LabelRow.CONVERSATION_ID,
          LabelRow.TURN_INDEX,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY,
          LabelRow.LABEL_STATUS);

  private FirstRows() {}

  /** A table of a few rows, ordered by conversation and turn. */
  static String of(Dataset<Row> labels, CategoryNames categories) {
    boolean withTexts = Arrays.asList(labels.columns()).contains(LabelRow.PROMPT_TEXT);
    Stream<Column> texts =
        withTexts
            ? Stream.of(LabelRow.PROMPT_TEXT, LabelRow.RESPONSE_TEXT).map(FirstRows::beginning)
            : Stream.empty();
    return labels
        .orderBy(LabelRow.CONVERSATION_ID, LabelRow.TURN_INDEX)
        .select(
            Stream.concat(LABELS.stream().map(name -> column(name, categories)), texts)
                .toArray(Column[]::new))
        // Spark counts units of UTF-16 and would cut a letter of two of them in half.
        .showString(ROWS, 2 * WIDEST, false);
  }

  private static Column column(String name, CategoryNames categories) {
    Column named = name.equals(LabelRow.CONVERSATION_ID) ? shown(col(name)).as(name) : col(name);
    if (!name.equals(LabelRow.PROMPT_CATEGORY) && !name.equals(LabelRow.RESPONSE_CATEGORY)) {
      return named;
    }
    for (String code : categories.byCode().keySet()) {
      named = when(col(name).equalTo(code), categories.named(code)).otherwise(named);
    }
    return named.as(name);
  }

  /** On one line, since a text's own line breaks would tear the table. */
  private static Column beginning(String text) {
    return shown(substring(regexp_replace(col(text), "[\\s\\p{Cntrl}]+", " "), 1, WIDEST)).as(text);
  }

  /** Before the table's columns are given their widths, by which what is escaped counts longer. */
  private static Column shown(Column text) {
    UDF1<String, String> inLine = value -> value == null ? null : TerminalText.inLine(value);
    return udf(inLine, DataTypes.StringType).apply(text);
  }
}

package io.bingoguard.cli;

import io.bingoguard.query.AnswerLines;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;

/** How the rows of an answer are written. */
enum QueryAnswer {
  TABLE,
  CSV,
  JSON;

  /** Width of the terminal that standard output is, set by the launcher. */
  private static final String COLUMNS = "bingoguard.output.columns";

  private static final int USUAL_ROWS = 20;

  /** Lines until it is asked whether anybody still reads. */
  private static final int CHECKED = 1000;

  /**
   * Writes rows.
   *
   * @param limit at most so many; 20 of a table and else all where nobody says
   * @param out asked for when there is something to write
   * @return what is to be said besides, if anything
   */
  Optional<String> write(Dataset<Row> rows, Optional<Integer> limit, Supplier<PrintWriter> out) {
    if (this == TABLE) {
      return table(rows, limit.orElse(USUAL_ROWS), out);
    }
    Dataset<Row> written = limit.map(rows::limit).orElse(rows);
    if (this == CSV) {
      AnswerLines.csv(written, new Lines(out));
    } else {
      AnswerLines.json(written, new Lines(out));
    }
    return Optional.empty();
  }

  /** Prints lines as long as anybody reads them. */
  private static final class Lines implements Predicate<String> {
    private final Supplier<PrintWriter> out;
    private Optional<PrintWriter> opened = Optional.empty();
    private long printed;

    private Lines(Supplier<PrintWriter> out) {
      this.out = out;
    }

    @Override
    public boolean test(String line) {
      PrintWriter writer = opened.orElseGet(out);
      opened = Optional.of(writer);
      writer.print(line + "\n");
      printed++;
      return printed % CHECKED != 0 || !writer.checkError();
    }
  }

  private static Optional<String> table(Dataset<Row> rows, int limit, Supplier<PrintWriter> out) {
    Dataset<Row> shown =
        rows.select(
            Arrays.stream(rows.columns()).map(name -> cell(rows, name)).toArray(Column[]::new));
    List<Row> first = shown.limit(limit + 1).collectAsList();
    boolean more = first.size() > limit;
    out.get()
        .print(
            TextTable.of(shown.schema(), more ? first.subList(0, limit) : first)
                .text(Integer.getInteger(COLUMNS, 0)));
    if (first.isEmpty()) {
      return Optional.of("There are no rows.");
    }
    return more
        ? Optional.of("The first %d rows; --limit N shows more.".formatted(limit))
        : Optional.empty();
  }

  /** What is no number becomes the text that Spark has for it. */
  private static Column cell(Dataset<Row> rows, String name) {
    Column column = rows.col("`" + name.replace("`", "``") + "`");
    return rows.schema().apply(name).dataType() instanceof NumericType
        ? column
        : column.cast("string").as(name);
  }
}

package io.bingoguard.cli;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.Utils;

/**
 * Rows as a table that fits a terminal: long texts are cut, and where that does not do, each row is
 * shown as lines of its own.
 */
final class TextTable {
  private static final String GAP = "  ";
  private static final String CUT = "…";

  /** A text is cut no shorter, as long as all fits otherwise. */
  private static final int LEAST = 8;

  /** Significant digits of fractions. */
  private static final int DIGITS = 4;

  private static final int MOST_DECIMALS = 9;

  private final List<String> names;
  private final boolean[] numbers;
  private final List<List<String>> cells;

  private TextTable(List<String> names, boolean[] numbers, List<List<String>> cells) {
    this.names = names;
    this.numbers = numbers;
    this.cells = cells;
  }

  /** Of rows whose values are numbers, or made texts already. */
  static TextTable of(StructType schema, List<Row> rows) {
    StructField[] fields = schema.fields();
    List<String> names =
        Arrays.stream(fields).map(field -> TerminalText.inLine(field.name())).toList();
    boolean[] numbers = new boolean[fields.length];
    for (int column = 0; column < fields.length; column++) {
      numbers[column] = fields[column].dataType() instanceof NumericType;
    }
    return new TextTable(names, numbers, rows.stream().map(TextTable::cells).toList());
  }

  private static List<String> cells(Row row) {
    return IntStream.range(0, row.size()).mapToObj(column -> cell(row.get(column))).toList();
  }

  private static String cell(Object value) {
    if (value == null) {
      return "NULL";
    }
    if (value instanceof Double || value instanceof Float) {
      return fraction(((Number) value).doubleValue());
    }
    return TerminalText.inLine(value.toString());
  }

  private static String fraction(double value) {
    if (value == 0 || Double.isNaN(value) || Double.isInfinite(value)) {
      return value == 0 ? "0" : Double.toString(value);
    }
    BigDecimal exact = BigDecimal.valueOf(value);
    int decimals = DIGITS - (exact.precision() - exact.scale());
    int shown = Math.max(0, Math.min(MOST_DECIMALS, decimals));
    return exact.setScale(shown, RoundingMode.HALF_EVEN).toPlainString();
  }

  /**
   * The table.
   *
   * @param columns width of the terminal; 0 for as wide as it gets
   */
  String text(int columns) {
    int[] widths = IntStream.range(0, names.size()).map(this::widest).toArray();
    if (columns > 0 && !shrink(widths, columns)) {
      return records(columns);
    }
    StringBuilder text = new StringBuilder(line(names, widths));
    cells.forEach(row -> text.append(line(row, widths)));
    return text.toString();
  }

  private int widest(int column) {
    return Math.max(
        width(names.get(column)),
        cells.stream().mapToInt(row -> width(row.get(column))).max().orElse(0));
  }

  /** Takes from the widest text until all fits; tells whether it does. */
  private boolean shrink(int[] widths, int columns) {
    int excess = Arrays.stream(widths).sum() + GAP.length() * (widths.length - 1) - columns;
    while (excess > 0) {
      int widest = -1;
      for (int column = 0; column < widths.length; column++) {
        boolean text = !numbers[column] && widths[column] > LEAST;
        if (text && (widest < 0 || widths[column] > widths[widest])) {
          widest = column;
        }
      }
      if (widest < 0) {
        return false;
      }
      widths[widest]--;
      excess--;
    }
    return true;
  }

  private String line(List<String> row, int[] widths) {
    List<String> padded = new ArrayList<>();
    for (int column = 0; column < widths.length; column++) {
      String shown = cut(row.get(column), widths[column]);
      String space = " ".repeat(widths[column] - width(shown));
      padded.add(numbers[column] ? space + shown : shown + space);
    }
    return String.join(GAP, padded).stripTrailing() + System.lineSeparator();
  }

  private String records(int columns) {
    int left = names.stream().mapToInt(TextTable::width).max().orElse(0);
    int right = Math.max(LEAST, columns - left - GAP.length());
    return cells.stream()
        .map(row -> record(row, left, right))
        .collect(Collectors.joining(System.lineSeparator()));
  }

  private String record(List<String> row, int left, int right) {
    StringBuilder text = new StringBuilder();
    for (int column = 0; column < names.size(); column++) {
      String name = names.get(column);
      text.append(name)
          .append(" ".repeat(left - width(name)))
          .append(GAP)
          .append(cut(row.get(column), right))
          .append(System.lineSeparator());
    }
    return text.toString();
  }

  private static String cut(String text, int width) {
    if (width(text) <= width) {
      return text;
    }
    int end = 0;
    int used = width(CUT);
    while (end < text.length()) {
      int next = text.offsetByCodePoints(end, 1);
      used += width(text.substring(end, next));
      if (used > width) {
        break;
      }
      end = next;
    }
    return text.substring(0, end) + CUT;
  }

  /** Letters of East Asia take two places. */
  private static int width(String text) {
    return Utils.stringHalfWidth(text);
  }
}

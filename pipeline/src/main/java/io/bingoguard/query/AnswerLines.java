package io.bingoguard.query;

import static org.apache.spark.sql.functions.base64;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.to_csv;
import static org.apache.spark.sql.functions.to_json;

import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Rows as lines for programs, made by Spark's own writers. */
public final class AnswerLines {
  private static final Map<String, String> JSON = Map.of("ignoreNullFields", "false");

  /** RFC 4180, with nothing for null and quotes around an empty text. */
  private static final Map<String, String> CSV =
      Map.of(
          "escape", "\"",
          "ignoreLeadingWhiteSpace", "false",
          "ignoreTrailingWhiteSpace", "false");

  private AnswerLines() {}

  /**
   * An object a row, with every column, null ones too.
   *
   * @param out takes a line and says whether it wants more
   */
  public static void json(Dataset<Row> rows, Predicate<String> out) {
    write(rows, to_json(struct(columns(rows)), JSON), out);
  }

  /**
   * A header and a record a row, which may have line ends in quotes; nested values are JSON.
   *
   * @param out takes a line and says whether it wants more
   */
  public static void csv(Dataset<Row> rows, Predicate<String> out) {
    StructField[] fields = rows.schema().fields();
    Column[] names =
        Arrays.stream(fields)
            .map(field -> lit(field.name()).as(field.name()))
            .toArray(Column[]::new);
    Column[] values = Arrays.stream(fields).map(AnswerLines::flat).toArray(Column[]::new);
    write(rows.sparkSession().range(1).toDF(), to_csv(struct(names), CSV), out);
    write(rows, to_csv(struct(values), CSV), out);
  }

  private static void write(Dataset<Row> rows, Column line, Predicate<String> out) {
    Iterator<String> lines = rows.select(line).as(Encoders.STRING()).toLocalIterator();
    boolean more = true;
    while (more && lines.hasNext()) {
      more = out.test(lines.next());
    }
  }

  private static Column[] columns(Dataset<Row> rows) {
    return Arrays.stream(rows.columns()).map(AnswerLines::column).toArray(Column[]::new);
  }

  private static Column flat(StructField field) {
    Column value = column(field.name());
    boolean nested =
        List.of(StructType.class, ArrayType.class, MapType.class).stream()
            .anyMatch(type -> type.isInstance(field.dataType()));
    if (nested) {
      return to_json(value, JSON).as(field.name());
    }
    return field.dataType() instanceof BinaryType ? base64(value).as(field.name()) : value;
  }

  private static Column column(String name) {
    return col("`" + name.replace("`", "``") + "`");
  }
}

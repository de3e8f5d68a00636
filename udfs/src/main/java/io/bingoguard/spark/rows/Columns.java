package io.bingoguard.spark.rows;

import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.encoders.ExpressionEncoder;
import org.apache.spark.sql.catalyst.expressions.GenericRowWithSchema;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Reads and writes rows by the names of their columns. */
final class Columns {
  private Columns() {}

  /**
   * The schema that a table describes: on each line the name of a column, its type, {@code null} if
   * it may be, or else {@code -}, and a comment. Elements of arrays may be null by type, since
   * readers other than Spark take them for such and refuse a table that says otherwise.
   */
  static StructType schema(String table) {
    StructType schema = new StructType();
    for (String line : table.lines().toList()) {
      String[] column = line.strip().split(" +", 4);
      DataType type =
          column[1].endsWith("[]")
              ? DataTypes.createArrayType(DataType.fromDDL(column[1].replace("[]", "")))
              : DataType.fromDDL(column[1].replace("timestamp", "timestamp_ltz"));
      schema = schema.add(column[0], type, column[2].equals("null"), column[3]);
    }
    return schema;
  }

  /** A row of a schema; columns that are not named are null. */
  static Row row(StructType schema, Map<String, Object> values) {
    return new GenericRowWithSchema(
        Arrays.stream(schema.fieldNames()).map(values::get).toArray(), schema);
  }

  /** Takes {@link Timestamp} and {@link Instant} alike, whatever the session is set to. */
  static Encoder<Row> encoder(StructType schema) {
    return ExpressionEncoder.apply(schema, true);
  }

  static <T> Optional<T> value(Row row, String column) {
    return Optional.ofNullable(row.getAs(column));
  }

  static Optional<Instant> moment(Row row, String column) {
    return value(row, column)
        .map(value -> value instanceof Timestamp time ? instant(time) : (Instant) value);
  }

  /** Before 1582 such a timestamp shows the row's date in the calendar of then, on another day. */
  private static Instant instant(Timestamp time) {
    return DateTimeUtils.microsToInstant(DateTimeUtils.fromJavaTimestamp(time));
  }
}

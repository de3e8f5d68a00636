package io.bingoguard.source;

import io.bingoguard.spark.rows.InputPlace;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Brings rows with different columns into one form, for what has to see all of them together. */
final class MergedRows {
  /** A record as a line of JSON, and its place if it has one. */
  private static final StructType ROWS =
      new StructType()
          .add("value", DataTypes.StringType)
          .add("file", DataTypes.StringType)
          .add("row", DataTypes.LongType);

  private MergedRows() {}

  /**
   * The same records in one data set.
   *
   * @param parts at least one
   * @param columns names of the columns that are wanted
   */
  static RecordRows of(List<RecordRows> parts, List<String> columns) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Dataset<Row> lines =
        parts.stream()
            .map(part -> part.flatMap(new ToLine(part.parser()), Encoders.row(ROWS)))
            .reduce(Dataset::union)
            .orElseThrow();
    return new RecordRows(
        lines, new LineParser(new JsonLineParser(ColumnPath.beginnings(columns))));
  }

  private record LineParser(RecordParser lines) implements RecordParser {
    @Override
    public Optional<CorpusRecord> parse(Row row) {
      return lines
          .parse(row)
          .map(
              record ->
                  row.isNullAt(1)
                      ? record
                      : record.at(new InputPlace(row.getString(1), row.getLong(2))));
    }
  }

  /** A record as a line of JSON; what is corrupt stays what it is, and is no JSON either. */
  private record ToLine(RecordParser parser) implements FlatMapFunction<Row, Row> {
    @Override
    public Iterator<Row> call(Row row) {
      return parser.parse(row).map(ToLine::line).stream().iterator();
    }

    private static Row line(CorpusRecord record) {
      return RowFactory.create(
          record.corrupt().orElseGet(() -> Json.text(plain(record.fields()))),
          record.place().map(InputPlace::file).orElse(null),
          record.place().map(InputPlace::row).orElse(null));
    }

    private static Map<String, Object> plain(Map<?, ?> fields) {
      Map<String, Object> plain = new LinkedHashMap<>();
      fields.forEach((name, value) -> plain.put(String.valueOf(name), plain(value)));
      return plain;
    }

    private static Object plain(Object value) {
      if (value instanceof Map<?, ?> fields) {
        return plain(fields);
      }
      if (value instanceof List<?> list) {
        return list.stream().map(ToLine::plain).collect(Collectors.toCollection(ArrayList::new));
      }
      if (value instanceof RawBytes bytes) {
        return Map.of("bytes", bytes.hex());
      }
      if (value instanceof Timestamp moment) {
        return Moments.ofRow(moment).toString();
      }
      return value == null || value instanceof Number || value instanceof Boolean
          ? value
          : value.toString();
    }
  }
}

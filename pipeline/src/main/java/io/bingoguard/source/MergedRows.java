package io.bingoguard.source;

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

/** Brings rows with different columns into one form, for what has to see all of them together. */
final class MergedRows {
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
    Dataset<String> lines =
        parts.stream()
            .map(part -> part.flatMap(new ToLine(part.parser()), Encoders.STRING()))
            .reduce(Dataset::union)
            .orElseThrow();
    return new RecordRows(lines.toDF(), new JsonLineParser(ColumnPath.beginnings(columns)));
  }

  /** A record as a line of JSON; what is corrupt stays what it is, and is no JSON either. */
  private record ToLine(RecordParser parser) implements FlatMapFunction<Row, String> {
    @Override
    public Iterator<String> call(Row row) {
      Optional<CorpusRecord> record = parser.parse(row);
      return record
          .map(read -> read.corrupt().orElseGet(() -> Json.text(plain(read.fields()))))
          .stream()
          .iterator();
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
        return moment.toInstant().toString();
      }
      return value == null || value instanceof Number || value instanceof Boolean
          ? value
          : value.toString();
    }
  }
}

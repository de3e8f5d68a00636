package io.bingoguard.source;

import java.util.List;
import java.util.Objects;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoder;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Rows as Spark reads them.
 *
 * @param rows rows with the columns of some files
 * @param parser turns these rows into records
 */
record RecordRows(Dataset<Row> rows, RecordParser parser) {
  RecordRows {
    Objects.requireNonNull(rows, "rows");
    Objects.requireNonNull(parser, "parser");
  }

  /** What each row gives; a task that cannot read a row ends with an error that names its file. */
  <T> Dataset<T> flatMap(FlatMapFunction<Row, T> each, Encoder<T> encoder) {
    return rows.mapPartitions(new FileReading<>(each), encoder);
  }

  /** The rows as they are. */
  Dataset<Row> all() {
    return flatMap(row -> List.of(row).iterator(), Encoders.row(rows.schema()));
  }
}

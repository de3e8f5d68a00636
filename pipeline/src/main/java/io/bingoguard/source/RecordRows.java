package io.bingoguard.source;

import java.util.Objects;
import org.apache.spark.sql.Dataset;
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
}

package io.bingoguard.source;

import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.types.StructType;

/**
 * What a file says of itself before its rows are read.
 *
 * @param columns its columns, with the types by which Spark can read them
 * @param unreadable names of columns that Spark cannot read at all
 * @param adapted names of columns that Spark's own reader refuses, those among them that are read
 *     as what they are stored as
 * @param rows number of its rows, where the file says it
 */
record FileHead(
    StructType columns, Set<String> unreadable, Set<String> adapted, OptionalLong rows) {
  FileHead {
    Objects.requireNonNull(columns, "columns");
    unreadable = Set.copyOf(unreadable);
    adapted = Set.copyOf(adapted);
    Objects.requireNonNull(rows, "rows");
  }

  static FileHead of(StructType columns) {
    return new FileHead(columns, Set.of(), Set.of(), OptionalLong.empty());
  }
}

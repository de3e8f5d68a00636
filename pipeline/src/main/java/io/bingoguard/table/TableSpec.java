package io.bingoguard.table;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.apache.spark.sql.types.StructType;

/**
 * What a table is born with, and gets later where it was born with less.
 *
 * @param comment what a row is
 * @param columns the columns with their comments
 * @param constraints CHECK constraints, name to SQL condition; Delta refuses a row whose condition
 *     is false or null
 * @param clusterBy columns of the liquid clustering; empty for none
 * @param statistics columns whose least and greatest values each file keeps, so that readers can
 *     pass over it; every commit pays for each
 * @param optional columns that a table may have besides, to the option without which they are not
 *     written
 */
record TableSpec(
    String comment,
    StructType columns,
    Map<String, String> constraints,
    List<String> clusterBy,
    List<String> statistics,
    Map<String, String> optional) {
  /** Of a table that is only looked at. */
  static final TableSpec UNKNOWN =
      new TableSpec("", new StructType(), Map.of(), List.of(), List.of(), Map.of());

  /** What names of properties begin with that are constraints. */
  static final String CONSTRAINT = "delta.constraints.";

  TableSpec {
    Objects.requireNonNull(comment, "comment");
    Objects.requireNonNull(columns, "columns");
    constraints = Map.copyOf(constraints);
    clusterBy = List.copyOf(clusterBy);
    statistics = List.copyOf(statistics);
    optional = Map.copyOf(optional);
  }

  /** The properties of a new table: constraints, and the change data feed. */
  Map<String, String> properties() {
    Map<String, String> properties = new TreeMap<>();
    properties.put("delta.enableChangeDataFeed", "true");
    if (statistics.isEmpty()) {
      properties.put("delta.dataSkippingNumIndexedCols", "0");
    } else {
      properties.put("delta.dataSkippingStatsColumns", String.join(",", statistics));
    }
    constraints.forEach((name, condition) -> properties.put(CONSTRAINT + name, condition));
    return properties;
  }
}

package io.bingoguard.compare;

import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** What the codes of categories mean. */
final class CategoryNames {
  /** More than any prompt pack has. */
  private static final int MOST = 1000;

  private CategoryNames() {}

  /** Of rows of the table of categories, names by code. */
  static Map<String, String> of(Dataset<Row> categories) {
    Map<String, String> names = new TreeMap<>();
    categories
        .select("code", "name")
        .distinct()
        .orderBy("code", "name")
        .limit(MOST)
        .collectAsList()
        .forEach(row -> names.put(row.getString(0), row.getString(1)));
    return names;
  }
}

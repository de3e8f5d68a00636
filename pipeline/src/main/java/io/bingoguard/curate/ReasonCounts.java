package io.bingoguard.curate;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.HashMap;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Counts the records of rows of reasons. */
final class ReasonCounts {
  private ReasonCounts() {}

  static long records(Dataset<Row> reasons) {
    return reasons.agg(coalesce(sum(Decisions.RECORDS), lit(0L))).first().getLong(0);
  }

  /** Of those that have a reason; one may have several. */
  static Map<String, Long> byReason(Dataset<Row> reasons) {
    Map<String, Long> counts = new HashMap<>();
    reasons
        .select(explode(col(Decisions.REASONS)).as("reason"), col(Decisions.RECORDS))
        .groupBy("reason")
        .agg(sum(Decisions.RECORDS))
        .collectAsList()
        .forEach(row -> counts.put(row.getString(0), row.getLong(1)));
    return counts;
  }
}

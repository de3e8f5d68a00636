package io.bingoguard.compare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import io.bingoguard.spark.rows.LabelRow;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** How labels were judged, as the runs that judged them have it. */
final class JudgingSettings {
  private static final String KEY = "key";
  private static final String VALUE = "value";
  private static final String LABELS = "labels";

  /** What the executors of a run really used, by the name that is shown. */
  private static final Map<String, String> USED =
      Map.of(
          "device", "used: device",
          "provider", "used: provider",
          "precision", "used: precision");

  /** Values of all settings together; those of the fewest labels are left out. */
  private static final int MOST = 500;

  private JudgingSettings() {}

  /**
   * Settings by key.
   *
   * @param labels of one model
   * @param runs of their output
   */
  static Map<String, String> of(Dataset<Row> labels, Dataset<Row> runs) {
    Dataset<Row> judged =
        labels
            .groupBy(coalesce(col(LabelRow.REUSED_FROM), col(LabelRow.RUN_ID)).as(LabelRow.RUN_ID))
            .agg(count(lit(1)).as(LABELS));
    Map<String, String> settings = new TreeMap<>();
    judged
        .join(told(runs), LabelRow.RUN_ID)
        .groupBy(KEY, VALUE)
        .agg(sum(LABELS).as(LABELS))
        .orderBy(col(LABELS).desc(), col(KEY), col(VALUE))
        .limit(MOST)
        .collectAsList()
        .forEach(
            row ->
                settings.merge(
                    row.getString(0), row.getString(1), (one, other) -> one + ", " + other));
    return settings;
  }

  private static Dataset<Row> told(Dataset<Row> runs) {
    Dataset<Row> told =
        runs.select(col(LabelRow.RUN_ID), explode(col("settings")).as(new String[] {KEY, VALUE}))
            .union(
                runs.select(col(LabelRow.RUN_ID), lit("software"), col(LabelRow.ENGINE_VERSION)));
    for (Map.Entry<String, String> one : new TreeMap<>(USED).entrySet()) {
      told =
          told.union(
              runs.select(
                  col(LabelRow.RUN_ID),
                  lit(one.getValue()),
                  explode(functions.array_distinct(col("executors." + one.getKey())))));
    }
    return told.distinct();
  }
}

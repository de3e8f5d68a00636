package io.bingoguard.audit.metric;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.spark.rows.LabelRow;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** Finds the runs behind the figures of a night. */
public final class NightRuns {
  private NightRuns() {}

  /**
   * Those with most exchanges of the night first.
   *
   * @param most most that are named
   */
  public static List<NightRun> of(
      Dataset<Row> labels, Dataset<Row> runs, Clock clock, LocalDate night, int most) {
    Dataset<Row> counted =
        Nights.among(labels, clock, List.of(night))
            .groupBy(
                LabelRow.RUN_ID,
                LabelRow.MODEL_ID,
                LabelRow.MODEL_REVISION,
                LabelRow.PROMPT_PACK,
                LabelRow.ENGINE_VERSION)
            .agg(count(lit(1)).as("of_night"))
            .orderBy(col("of_night").desc(), col(LabelRow.RUN_ID))
            .limit(most);
    Dataset<Row> known =
        runs.select(
            col(LabelRow.RUN_ID),
            // Builds before the column had it wrote none.
            Arrays.asList(runs.columns()).contains("status")
                ? col("status")
                : lit(null).cast("string").as("status"),
            functions.unix_seconds(col("started_at")).as("started"),
            col("settings"));
    return counted
        .join(known, new String[] {LabelRow.RUN_ID}, "left")
        .orderBy(col("of_night").desc(), col(LabelRow.RUN_ID))
        .collectAsList()
        .stream()
        .map(NightRuns::run)
        .toList();
  }

  private static NightRun run(Row row) {
    int settings = row.fieldIndex("settings");
    return new NightRun(
        row.getAs(LabelRow.RUN_ID),
        row.<Long>getAs("of_night"),
        Optional.ofNullable(row.getAs("status")),
        Optional.<Long>ofNullable(row.getAs("started"))
            .map(seconds -> Instant.ofEpochSecond(seconds).toString()),
        new NightModel(
            row.getAs(LabelRow.MODEL_ID),
            row.getAs(LabelRow.MODEL_REVISION),
            row.getAs(LabelRow.PROMPT_PACK)),
        row.getAs(LabelRow.ENGINE_VERSION),
        row.isNullAt(settings) ? Map.of() : row.getJavaMap(settings));
  }
}

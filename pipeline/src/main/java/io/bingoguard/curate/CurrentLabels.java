package io.bingoguard.curate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.bingoguard.source.CorpusRecords;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.LabelHistory;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.QueryCompilation;
import io.bingoguard.table.RunsTable;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The labels of an output, one an exchange: where several models have labelled it, that of the one
 * that was last at work.
 */
final class CurrentLabels {
  /** What tells an exchange. */
  static final List<String> KEY =
      List.of(
          CorpusRecords.CONVERSATION_ID,
          CorpusRecords.TURN_INDEX,
          CorpusRecords.CONTENT_HASH,
          CorpusRecords.FILE);

  /** What rules ask. */
  static final List<String> VALUES =
      List.of(
          LabelRow.LABEL_STATUS,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_PROBABILITY,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_PROBABILITY,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY);

  private static final List<String> MODEL = List.of(LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK);
  private static final String LABEL = "label";

  private final LabelHistory labels;
  private final Dataset<Row> categories;
  private final Dataset<Row> runs;
  private final long version;

  private CurrentLabels(
      LabelHistory labels, Dataset<Row> categories, Dataset<Row> runs, long version) {
    this.labels = labels;
    this.categories = categories;
    this.runs = runs;
    this.version = version;
  }

  /** The labels as they are now, whoever writes to them meanwhile. */
  static CurrentLabels of(SparkSession spark, OutputDirectory output) {
    LabelHistory labels = LabelHistory.of(spark, output);
    if (!labels.exists()) {
      throw CurateErrors.noLabels(output.labels());
    }
    try {
      return new CurrentLabels(
          labels, labels.categories(output), RunsTable.of(spark, output).read(), labels.version());
    } catch (Exception unreadable) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw CurateErrors.labelsUnreadable(output.labels(), unreadable);
    }
  }

  /** Version of the table that is read. */
  long version() {
    return version;
  }

  /** Codes of all categories that the models of the output know. */
  Set<String> categories() {
    return categories.select("code").distinct().collectAsList().stream()
        .map(row -> row.getString(0))
        .collect(Collectors.toSet());
  }

  /** The columns {@link #KEY} and {@link #VALUES}. */
  Dataset<Row> read() {
    Column order =
        struct(coalesce(col(RunsTable.LAST_RUN), lit(Instant.EPOCH)), col(LabelRow.LABELLED_AT));
    Dataset<Row> all = labels.at(version);
    QueryCompilation.onFor(all);
    return all.join(broadcast(RunsTable.lastAtWork(runs)), MODEL.toArray(String[]::new), "left")
        .groupBy(columns(KEY))
        .agg(max_by(struct(columns(VALUES)), order).as(LABEL))
        .select(columns(KEY, LABEL + ".*"));
  }

  private static Column[] columns(List<String> names, String... more) {
    return Stream.concat(names.stream(), Arrays.stream(more))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}

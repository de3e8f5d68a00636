package io.bingoguard.table;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.struct;

import io.bingoguard.spark.rows.LabelRow;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * The labels of an output, one an exchange: where several models have labelled it, that of the one
 * that was last at work.
 */
public final class CurrentLabels {
  /** What tells an exchange. */
  public static final List<String> KEY =
      List.of(
          LabelRow.CONVERSATION_ID,
          LabelRow.TURN_INDEX,
          LabelRow.CONTENT_HASH,
          LabelRow.INPUT_FILE);

  /** What happened to a row of the change feed: {@code insert}, {@code delete}, or an update. */
  public static final String CHANGE = "_change_type";

  private static final List<String> MODEL = List.of(LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK);
  private static final String LABEL = "label";

  private final LabelHistory labels;
  private final Map<String, String> categories;
  private final Dataset<Row> runs;
  private final long version;

  private CurrentLabels(
      LabelHistory labels, Map<String, String> categories, Dataset<Row> runs, long version) {
    this.labels = labels;
    this.categories = categories;
    this.runs = runs;
    this.version = version;
  }

  /**
   * The labels as they are now, whoever writes to them meanwhile.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE
   */
  public static CurrentLabels of(SparkSession spark, OutputDirectory output) {
    LabelHistory labels = LabelHistory.of(spark, output);
    if (!labels.exists()) {
      throw TableErrors.noLabels(output.labels());
    }
    try {
      return new CurrentLabels(
          labels,
          labels.categoryNames(output),
          RunsTable.of(spark, output).read(),
          labels.version());
    } catch (Exception unreadable) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw TableErrors.labelsUnreadable(output.labels(), unreadable);
    }
  }

  /** What tells the table from every other. */
  public String id() {
    return labels.id();
  }

  /** Version of the table that is read. */
  public long version() {
    return version;
  }

  /** The models of all runs, the one last at work first, one a line. */
  public String models() {
    return RunsTable.modelsInOrder(runs);
  }

  /**
   * Asks something of the rows that came, went or changed since an earlier version, as Delta's
   * change feed has them.
   *
   * @param question must read the rows
   * @return absent where the feed does not reach back so far
   */
  public <T> Optional<T> ofChanges(long earlier, Function<Dataset<Row>, T> question) {
    return earlier == version
        ? Optional.of(question.apply(labels.at(version).limit(0).withColumn(CHANGE, lit("none"))))
        : labels.ofChanges(earlier, version, question);
  }

  /** All labels of this version or an earlier one, those of every model. */
  public Dataset<Row> at(long earlier) {
    return labels.at(earlier);
  }

  /** What tells the commit of a version from any other; empty where the log no longer tells. */
  public String commitId(long some) {
    return labels.commitId(some);
  }

  /** Names of all categories that the models of the output know, by code, in their order. */
  public Map<String, String> categories() {
    return categories;
  }

  /**
   * The columns {@link #KEY} and some more.
   *
   * @param values columns of the labels; those that a table of an older build lacks are null
   */
  public Dataset<Row> read(List<String> values) {
    return newest(placed(values), values);
  }

  /**
   * The same of the model alone that was last at work: exchanges that only others have labelled are
   * left out.
   */
  public Dataset<Row> ofLastModel(List<String> values) {
    Dataset<Row> placed = placed(values);
    Dataset<Row> model =
        placed
            .groupBy(columns(MODEL))
            .agg(max(order()).as(RunsTable.LAST_RUN))
            .orderBy(col(RunsTable.LAST_RUN).desc(), col(MODEL.get(0)), col(MODEL.get(1)))
            .limit(1)
            .select(columns(MODEL));
    return newest(placed.join(broadcast(model), MODEL.toArray(String[]::new), "left_semi"), values);
  }

  private static Dataset<Row> newest(Dataset<Row> placed, List<String> values) {
    return placed
        .groupBy(columns(KEY))
        .agg(max_by(struct(columns(values)), order()).as(LABEL))
        .select(columns(KEY, LABEL + ".*"));
  }

  private static Column order() {
    return struct(coalesce(col(RunsTable.LAST_RUN), lit(Instant.EPOCH)), col(LabelRow.LABELLED_AT));
  }

  /** All labels, each with when its model was last at work. */
  private Dataset<Row> placed(List<String> values) {
    Dataset<Row> rows = labels.at(version);
    QueryCompilation.onFor(rows);
    List<String> there = Arrays.asList(rows.columns());
    for (StructField field : LabelRow.schema(false).fields()) {
      if (values.contains(field.name()) && !there.contains(field.name())) {
        rows = rows.withColumn(field.name(), lit(null).cast(field.dataType()));
      }
    }
    return rows.join(broadcast(RunsTable.lastAtWork(runs)), MODEL.toArray(String[]::new), "left");
  }

  private static Column[] columns(List<String> names, String... more) {
    return Stream.concat(names.stream(), Arrays.stream(more))
        .map(name -> col(name))
        .toArray(Column[]::new);
  }
}

package io.bingoguard.audit.metric;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.greatest;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;

/**
 * Counts labels by night, side and part. They are read once; Spark keeps groups of them until this
 * is closed, in which the largest sources and languages of each night are found. Nothing comes to
 * the driver.
 */
final class LabelCounts implements AutoCloseable {
  /** Whether the corpus no longer holds the exchange. */
  static final String DELETED = "deleted";

  /** Whether a label is not of the model by which its night is counted. */
  static final String OTHER_MODEL = "other_model";

  private static final String KEY = "key";

  /** How many labels a row stands for. */
  private static final String LABELS = "labels";

  private static final List<String> ALIKE =
      List.of(
          Nights.NIGHT,
          Nights.UNDATED,
          DELETED,
          OTHER_MODEL,
          LabelRow.SOURCE,
          LabelRow.LANGUAGE,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY,
          LabelRow.LABEL_STATUS,
          LabelRow.MODEL_ID,
          LabelRow.MODEL_REVISION,
          LabelRow.PROMPT_PACK,
          LabelRow.ENGINE_VERSION);

  private static final String SURE = "sure";
  private static final String NAMED = "named_";
  private static final String EXCHANGE = "exchange";
  private static final String PROMPT = "prompt";
  private static final String RESPONSE = "response";

  private final CountSettings settings;
  private final LabelModels models;
  private final List<Dataset<Row>> kept = new ArrayList<>();

  LabelCounts(CountSettings settings, LabelModels models) {
    this.settings = settings;
    this.models = models;
  }

  /**
   * The counts, without what they say of where they come from.
   *
   * @param labels with their nights
   */
  Dataset<Row> of(Dataset<Row> labels) {
    Column deleted =
        Arrays.asList(labels.columns()).contains(LabelRow.SOURCE_DELETED)
            ? coalesce(col(LabelRow.SOURCE_DELETED), lit(false))
            : lit(false);
    Dataset<Row> alike =
        alike(models.chosen(labels.withColumn(DELETED, deleted)))
            .persist(StorageLevel.MEMORY_AND_DISK());
    kept.add(alike);
    Dataset<Row> named = named(alike, LabelRow.SOURCE, settings.namedSources());
    named = named(named, LabelRow.LANGUAGE, settings.namedLanguages());
    Dataset<Row> counted =
        named
            .withColumn(KEY, explode(keys()))
            .where(col(KEY).isNotNull())
            .select(col("*"), col(KEY + ".side"), col(KEY + ".dimension"))
            .withColumn("is_harmful", bySide(LabelRow.PROMPT_HARMFUL, LabelRow.RESPONSE_HARMFUL));
    List<Column> groups =
        List.of(
            col(Nights.NIGHT),
            col("side"),
            col("dimension"),
            col(KEY + ".source").as("source"),
            col(KEY + ".language").as("language"),
            col(KEY + ".category").as("category"),
            col(KEY + ".severity").as("severity"),
            col(LabelRow.MODEL_ID),
            col(LabelRow.MODEL_REVISION),
            col(LabelRow.PROMPT_PACK));
    Column severe =
        col("side").equalTo(RESPONSE).and(col(LabelRow.SEVERITY).geq(settings.severeFrom()));
    return newestEngine(
            counted,
            groups,
            List.of(
                sum(LABELS).as("exchanges"),
                number(col("is_harmful").isNotNull()).as("judged"),
                number(col("is_harmful")).as("harmful"),
                number(severe).as("severe"),
                sum(bySide("prompt_sure", "response_sure")).as(SURE),
                sum(coalesce(bySide("prompt_unsure", "response_unsure"), lit(0L)))
                    .as("low_confidence"),
                status(LabelStatus.TRUNCATED).as("truncated"),
                status(LabelStatus.OFF_FORMAT).as("off_format"),
                status(LabelStatus.ERROR).as("errors"),
                status(
                        LabelStatus.SKIPPED_EMPTY,
                        LabelStatus.SKIPPED_LANGUAGE,
                        LabelStatus.SKIPPED_LONG)
                    .as("skipped")))
        // Sums of floating-point numbers depend on their order in the last digits.
        .withColumn(
            "confidence", round(when(col("judged").gt(0), col(SURE).divide(col("judged"))), 6))
        .withColumn(
            "harmful_rate",
            when(
                col("judged").gt(0).and(col("dimension").notEqual("category")),
                round(col("harmful").divide(col("judged")), 9)));
  }

  /**
   * Sums by groups with the newest engine of each. The greatest of strings makes Spark sort its
   * rows, so it is asked for of few.
   */
  private static Dataset<Row> newestEngine(
      Dataset<Row> rows, List<Column> groups, List<Column> sums) {
    List<Column> withEngine = new ArrayList<>(groups);
    withEngine.add(col(LabelRow.ENGINE_VERSION));
    Dataset<Row> byEngine = aggregated(rows, withEngine, sums);
    List<String> names = Arrays.asList(byEngine.columns());
    List<Column> again = new ArrayList<>();
    names.subList(withEngine.size(), names.size()).forEach(name -> again.add(sum(name).as(name)));
    again.add(max(LabelRow.ENGINE_VERSION).as(LabelRow.ENGINE_VERSION));
    return aggregated(
        byEngine, names.subList(0, groups.size()).stream().map(functions::col).toList(), again);
  }

  private static Dataset<Row> aggregated(
      Dataset<Row> rows, List<Column> groups, List<Column> values) {
    return rows.groupBy(groups.toArray(Column[]::new))
        .agg(values.get(0), values.subList(1, values.size()).toArray(Column[]::new));
  }

  @Override
  public void close() {
    kept.forEach(Dataset::unpersist);
  }

  /**
   * Labels of which all is alike that decides where they count, counted together: each counts in up
   * to eleven rows, and there are far fewer such groups than labels.
   */
  private Dataset<Row> alike(Dataset<Row> labels) {
    return labels
        .groupBy(ALIKE.stream().map(functions::col).toArray(Column[]::new))
        .agg(
            count(lit(1)).as(LABELS),
            sum(sure(LabelRow.PROMPT_PROBABILITY)).as("prompt_sure"),
            sum(sure(LabelRow.RESPONSE_PROBABILITY)).as("response_sure"),
            unsure(LabelRow.PROMPT_PROBABILITY).as("prompt_unsure"),
            unsure(LabelRow.RESPONSE_PROBABILITY).as("response_unsure"));
  }

  private static Column sure(String probability) {
    return greatest(col(probability), lit(1.0).minus(col(probability)));
  }

  private Column unsure(String probability) {
    return count(when(sure(probability).lt(settings.lowConfidence()), 1));
  }

  /** Says of labels whether their source, or its language, is one of the largest of its night. */
  private static Dataset<Row> named(Dataset<Row> labels, String column, int most) {
    Dataset<Row> largest =
        labels
            .where(isCounted())
            .groupBy(col(Nights.NIGHT).as("of_night"), col(column).as("of_value"))
            .agg(sum(LABELS).as("count"))
            .withColumn(
                "place",
                row_number()
                    .over(
                        Window.partitionBy("of_night")
                            .orderBy(col("count").desc(), col("of_value"))))
            .where(col("place").leq(most))
            .select(col("of_night"), col("of_value"), lit(true).as(NAMED + column));
    return labels
        .join(
            broadcast(largest),
            col(Nights.NIGHT).equalTo(col("of_night")).and(col(column).eqNullSafe(col("of_value"))),
            "left")
        .drop("of_night", "of_value");
  }

  private static Column isCounted() {
    return not(col(DELETED)).and(not(col(OTHER_MODEL))).and(not(col(Nights.UNDATED)));
  }

  /** The rows of counts that a label counts in; null stands for none. */
  private static Column keys() {
    Column part =
        when(col(DELETED), "source_deleted")
            .when(col(OTHER_MODEL), "other_models")
            .when(col(Nights.UNDATED), Nights.UNDATED)
            .otherwise("all");
    Column prompt = isCounted().and(col(LabelRow.PROMPT_HARMFUL).isNotNull());
    Column response = isCounted().and(col(LabelRow.RESPONSE_HARMFUL).isNotNull());
    return array(
        key(EXCHANGE, part),
        when(isCounted(), source(EXCHANGE)),
        when(isCounted(), language(EXCHANGE)),
        when(prompt, key(PROMPT, lit("all"))),
        when(prompt, source(PROMPT)),
        when(prompt, language(PROMPT)),
        when(
            prompt.and(col(LabelRow.PROMPT_HARMFUL)),
            category(PROMPT, LabelRow.PROMPT_CATEGORY, lit(null))),
        when(response, key(RESPONSE, lit("all"))),
        when(response, source(RESPONSE)),
        when(response, language(RESPONSE)),
        when(
            response.and(col(LabelRow.RESPONSE_HARMFUL)),
            category(RESPONSE, LabelRow.RESPONSE_CATEGORY, col(LabelRow.SEVERITY))));
  }

  private static Column source(String side) {
    Column named = col(NAMED + LabelRow.SOURCE).isNotNull();
    return key(
        side,
        when(named, "source").otherwise("other_sources"),
        when(named, col(LabelRow.SOURCE)),
        lit(null),
        lit(null),
        lit(null));
  }

  private static Column language(String side) {
    Column named = col(NAMED + LabelRow.LANGUAGE).isNotNull();
    return key(
        side,
        when(named, "language").otherwise("other_languages"),
        lit(null),
        when(named, col(LabelRow.LANGUAGE)),
        lit(null),
        lit(null));
  }

  private static Column category(String side, String category, Column severity) {
    return key(side, lit("category"), lit(null), lit(null), col(category), severity);
  }

  private static Column key(String side, Column dimension) {
    return key(side, dimension, lit(null), lit(null), lit(null), lit(null));
  }

  private static Column key(
      String side,
      Column dimension,
      Column source,
      Column language,
      Column category,
      Column severity) {
    return struct(
        lit(side).as("side"),
        dimension.as("dimension"),
        source.cast("string").as("source"),
        language.cast("string").as("language"),
        category.cast("string").as("category"),
        severity.cast("int").as("severity"));
  }

  private static Column bySide(String prompt, String response) {
    return when(col("side").equalTo(PROMPT), col(prompt))
        .when(col("side").equalTo(RESPONSE), col(response));
  }

  private static Column status(LabelStatus... statuses) {
    Object[] keys = Arrays.stream(statuses).map(LabelStatus::key).toArray();
    return number(col("side").equalTo(EXCHANGE).and(col(LabelRow.LABEL_STATUS).isin(keys)));
  }

  private static Column number(Column condition) {
    return sum(when(condition, col(LABELS)).otherwise(0L));
  }
}

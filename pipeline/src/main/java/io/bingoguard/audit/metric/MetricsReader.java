package io.bingoguard.audit.metric;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.sum;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;

/**
 * Reads {@code audit_metrics}. What comes to the driver grows with nights and with the sources and
 * languages that are asked for, not with the exchanges.
 */
public final class MetricsReader {
  private static final List<String> COUNTS =
      List.of(
          "exchanges",
          "judged",
          "harmful",
          "severe",
          "low_confidence",
          "truncated",
          "off_format",
          "errors",
          "skipped");

  private final Dataset<Row> metrics;

  /** Of the rows of the table. */
  public MetricsReader(Dataset<Row> metrics) {
    this.metrics = metrics;
  }

  /** The newest night of which anything was counted; empty where nothing was. */
  public Optional<LocalDate> newest() {
    return newest(lit(true));
  }

  /** The newest of the nights up to one. */
  public Optional<LocalDate> newest(LocalDate last) {
    return newest(not(after(last)));
  }

  private Optional<LocalDate> newest(Column which) {
    String night =
        exchanges().where(which).agg(max(Nights.NIGHT).cast("string")).first().getString(0);
    return Optional.ofNullable(night).map(LocalDate::parse);
  }

  /** How many exchanges are counted by nights after one. */
  public long exchangesAfter(LocalDate night) {
    Row sum = exchanges().where(after(night)).agg(sum("exchanges")).first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private Dataset<Row> exchanges() {
    return metrics.where(isAll().and(col("side").equalTo("exchange")));
  }

  private static Column after(LocalDate night) {
    return col(Nights.NIGHT).gt(lit(night.toString()).cast("date"));
  }

  /** The clock by which the nights were counted; empty where nothing was. */
  public Optional<Clock> clock() {
    return metrics.select("clock").limit(1).as(Encoders.STRING()).collectAsList().stream()
        .map(Clock::of)
        .findFirst();
  }

  /**
   * The sources or languages with most exchanges in some nights, the largest first.
   *
   * @param dimension {@code source} or {@code language}
   */
  public List<Optional<String>> largest(String dimension, LocalDate from, LocalDate to, int most) {
    return metrics
        .where(within(from, to).and(col("side").equalTo("exchange")))
        .where(col("dimension").equalTo(dimension))
        .groupBy(col(dimension).as("value"))
        .agg(sum("exchanges").as("exchanges"))
        .orderBy(col("exchanges").desc(), col("value"))
        .limit(most)
        .collectAsList()
        .stream()
        .map(row -> Optional.ofNullable(row.<String>getAs("value")))
        .toList();
  }

  /** How many sources or languages a night is counted by. */
  public long named(String dimension, LocalDate night) {
    return metrics
        .where(within(night, night).and(col("side").equalTo("exchange")))
        .where(col("dimension").equalTo(dimension))
        .count();
  }

  /** All parts of some nights but by source, language and category. */
  public List<CountRow> whole(LocalDate from, LocalDate to) {
    return rows(
        metrics
            .where(within(from, to))
            .where(
                col("dimension")
                    .isin(
                        "all",
                        "source_deleted",
                        "undated",
                        "other_models",
                        "other_sources",
                        "other_languages")),
        lit(null));
  }

  /** Parts by source or language, of those that are asked for. */
  public List<CountRow> by(
      String dimension, List<Optional<String>> values, LocalDate from, LocalDate to) {
    Column asked = lit(false);
    for (Optional<String> value : values) {
      asked = asked.or(col(dimension).eqNullSafe(lit(value.orElse(null))));
    }
    return rows(
        metrics.where(within(from, to).and(col("dimension").equalTo(dimension))).where(asked),
        col(dimension));
  }

  /** Parts by category, of any severity. */
  public List<CountRow> byCategory(LocalDate from, LocalDate to) {
    return rows(
        metrics.where(within(from, to).and(col("dimension").equalTo("category"))), col("category"));
  }

  /** Harmful messages of some nights by category and severity. */
  public List<CategoryCell> cells(LocalDate from, LocalDate to) {
    return metrics
        .where(within(from, to).and(col("dimension").equalTo("category")))
        .groupBy("side", "category", "severity")
        .agg(sum("harmful").as("harmful"))
        .collectAsList()
        .stream()
        .map(
            row ->
                new CategoryCell(
                    row.getAs("side"),
                    row.getAs("category"),
                    row.isNullAt(2) ? OptionalInt.empty() : OptionalInt.of(row.getInt(2)),
                    row.<Long>getAs("harmful")))
        .toList();
  }

  private static Column isAll() {
    return col("dimension").equalTo("all");
  }

  private static Column within(LocalDate from, LocalDate to) {
    return col(Nights.NIGHT)
        .geq(lit(from.toString()).cast("date"))
        .and(col(Nights.NIGHT).leq(lit(to.toString()).cast("date")));
  }

  private static List<CountRow> rows(Dataset<Row> metrics, Column value) {
    Dataset<Row> summed =
        metrics
            .groupBy(
                col(Nights.NIGHT).cast("string"),
                col("side"),
                col("dimension"),
                value.cast("string").as("value"),
                col("model_id"),
                col("model_revision"),
                col("prompt_pack"))
            .agg(
                max("confidence").as("confidence"),
                COUNTS.stream().map(name -> sum(name).as(name)).toArray(Column[]::new));
    // Of thousands of rows there are few models.
    Map<String, NightModel> models = new HashMap<>();
    List<CountRow> rows = new ArrayList<>();
    for (Row row : summed.collectAsList()) {
      NightModel model =
          new NightModel(
              row.getAs("model_id"), row.getAs("model_revision"), row.getAs("prompt_pack"));
      rows.add(row(row, models.computeIfAbsent(model.toString(), any -> model)));
    }
    return rows;
  }

  private static CountRow row(Row row, NightModel model) {
    return new CountRow(
        LocalDate.parse(row.getString(0)),
        row.getAs("side"),
        row.getAs("dimension"),
        Optional.ofNullable(row.getAs("value")),
        row.<Long>getAs("exchanges"),
        row.<Long>getAs("judged"),
        row.<Long>getAs("harmful"),
        row.<Long>getAs("severe"),
        row.<Long>getAs("low_confidence"),
        row.<Long>getAs("truncated"),
        row.<Long>getAs("off_format"),
        row.<Long>getAs("errors"),
        row.<Long>getAs("skipped"),
        Optional.ofNullable(row.getAs("confidence")),
        model);
  }
}

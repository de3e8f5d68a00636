package io.bingoguard.audit;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.audit.alarm.Comparison;
import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.FigureFinding;
import io.bingoguard.audit.alarm.Finding;
import io.bingoguard.audit.metric.NightModel;
import io.bingoguard.table.AuditTable;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Writes what a night's figures came to. */
final class DriftRows {
  private final SparkSession spark;
  private final AuditTable drift;
  private final StructType texts;

  DriftRows(SparkSession spark, AuditTable drift) {
    this.spark = spark;
    this.drift = drift;
    this.texts =
        new StructType(
            Arrays.stream(drift.schema().fields())
                .map(DriftRows::dateAsText)
                .toArray(StructField[]::new));
  }

  /** Days as text, whatever Java's time zone is. */
  private static StructField dateAsText(StructField field) {
    return field.dataType().equals(DataTypes.DateType)
        ? DataTypes.createStructField(field.name(), DataTypes.StringType, field.nullable())
        : field;
  }

  /** Puts the findings in the place of those that the night has, if they are others. */
  void write(
      LocalDate night, NightModel model, List<FigureFinding> findings, double evidenceNeeded) {
    List<Row> rows = new ArrayList<>();
    for (FigureFinding finding : findings) {
      rows.add(row(finding.figure(), "window", finding.window(), model, evidenceNeeded));
      rows.add(row(finding.figure(), "baseline", finding.baseline(), model, evidenceNeeded));
    }
    Dataset<Row> there =
        drift
            .read()
            .where(col("night").cast("string").equalTo(night.toString()))
            .select(columns(texts));
    if (!spelled(there.collectAsList()).equals(spelled(rows))) {
      drift.replace(
          spark.createDataFrame(rows, texts).select(columns(drift.schema())).coalesce(1),
          List.of(night.toString()),
          "{\"audit\":\"drift\"}");
    }
  }

  private static Set<String> spelled(List<Row> rows) {
    return rows.stream()
        .map(row -> row.mkString("\t"))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static Column[] columns(StructType schema) {
    return Arrays.stream(schema.fields())
        .map(field -> col(field.name()).cast(field.dataType()).as(field.name()))
        .toArray(Column[]::new);
  }

  private static Row row(
      Figure figure, String against, Finding finding, NightModel model, double evidenceNeeded) {
    long seen = finding.seen().seen();
    long outOf = finding.seen().outOf();
    boolean rate = figure.measure().isRate();
    Optional<Double> value =
        rate && outOf == 0
            ? Optional.empty()
            : Optional.of(rate ? (double) seen / outOf : (double) seen);
    Optional<Comparison> usual = finding.comparison();
    return RowFactory.create(
        finding.seen().night().toString(),
        figure.measure().key(),
        figure.side(),
        figure.dimension(),
        figure.value().orElse(null),
        against,
        seen,
        outOf,
        value.orElse(null),
        usual.map(Comparison::usual).orElse(null),
        usual.map(Comparison::low).orElse(null),
        usual.map(Comparison::high).orElse(null),
        usual.flatMap(one -> one.relative(value.orElseThrow())).orElse(null),
        usual.map(one -> value.orElseThrow() - one.usual()).orElse(null),
        usual.map(Comparison::evidence).orElse(null),
        evidenceNeeded,
        usual.map(Comparison::nights).orElse(0),
        finding.since().map(LocalDate::toString).orElse(null),
        finding.verdict().key(),
        model.revision(),
        model.promptPack());
  }
}

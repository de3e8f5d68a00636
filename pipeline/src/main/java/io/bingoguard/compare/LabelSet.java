package io.bingoguard.compare;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.count_if;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.LabelHistory;
import io.bingoguard.table.QueryCompilation;
import io.bingoguard.table.RunsTable;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/** Labels of an output at one version, and the models that gave them, the last at work first. */
final class LabelSet {
  private final LabelSelection asked;
  private final Dataset<Row> all;
  private final Dataset<Row> runs;
  private final Map<String, String> categories;
  private final long version;
  private final List<ModelIdentity> models;

  private LabelSet(
      LabelSelection asked,
      Dataset<Row> all,
      Dataset<Row> runs,
      Map<String, String> categories,
      long version,
      List<ModelIdentity> models) {
    this.asked = asked;
    this.all = all;
    this.runs = runs;
    this.categories = categories;
    this.version = version;
    this.models = models;
  }

  /**
   * Looks at the labels.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNREADABLE or COMPARE_VERSION_UNKNOWN
   */
  static LabelSet of(SparkSession spark, LabelSelection asked) {
    String path = asked.output().labels();
    LabelHistory history = LabelHistory.of(spark, asked.output());
    if (!history.exists()) {
      throw CompareErrors.noLabels(path);
    }
    long newest = history.version();
    long version = asked.version().orElse(newest);
    if (version < 0 || version > newest) {
      throw CompareErrors.versionUnknown(path, version, newest);
    }
    try {
      Dataset<Row> all = whole(history.at(version));
      Dataset<Row> ofRun =
          asked.run().map(run -> all.where(col(LabelRow.RUN_ID).equalTo(run))).orElse(all);
      QueryCompilation.onFor(ofRun);
      Dataset<Row> runs = RunsTable.of(spark, asked.output()).read();
      return new LabelSet(
          asked, ofRun, runs, history.categoryNames(asked.output()), version, models(ofRun, runs));
    } catch (Exception unreadable) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw CompareErrors.labelsUnreadable(path, version, unreadable);
    }
  }

  /** With the columns that builds had not yet when an old version was written. */
  private static Dataset<Row> whole(Dataset<Row> labels) {
    List<String> there = Arrays.asList(labels.columns());
    return labels.select(
        Arrays.stream(LabelRow.schema(false).fields())
            .map(field -> there.contains(field.name()) ? col(field.name()) : lacking(field))
            .toArray(Column[]::new));
  }

  private static Column lacking(StructField field) {
    return lit(null).cast(field.dataType()).as(field.name());
  }

  private static List<ModelIdentity> models(Dataset<Row> labels, Dataset<Row> runs) {
    return RunsTable.models(labels, runs).collectAsList().stream()
        .map(
            row ->
                new ModelIdentity(
                    row.getAs(LabelRow.MODEL_ID),
                    row.getAs(LabelRow.MODEL_REVISION),
                    row.getAs(LabelRow.PROMPT_PACK)))
        .toList();
  }

  /**
   * The model that was asked for, or else the one last at work.
   *
   * @param other whose labels stand on the other side of the same table: not taken unasked
   * @throws io.bingoguard.guard.GuardException COMPARE_MODEL_UNCLEAR, or OUTPUT_UNREADABLE without
   *     labels
   */
  ModelIdentity model(Optional<ModelIdentity> other) {
    if (models.isEmpty()) {
      throw CompareErrors.noLabels(path());
    }
    if (asked.models().isEmpty()) {
      return models.stream()
          .filter(model -> !Optional.of(model).equals(other))
          .findFirst()
          .orElse(models.get(0));
    }
    List<ModelIdentity> fitting =
        models.stream()
            .filter(model -> asked.models().stream().allMatch(text -> fits(model, text)))
            .toList();
    if (fitting.size() != 1) {
      throw CompareErrors.modelUnclear(path(), asked.models(), models);
    }
    return fitting.get(0);
  }

  private static boolean fits(ModelIdentity model, String text) {
    return model.id().startsWith(text)
        || model.revision().startsWith(text)
        || model.promptPack().startsWith(text);
  }

  String path() {
    return asked.output().labels();
  }

  long version() {
    return version;
  }

  /** Whether another is of the same version of the same table, and of the same runs. */
  boolean isSameTable(LabelSet other) {
    return path().equals(other.path())
        && version == other.version
        && asked.run().equals(other.asked.run());
  }

  /** The labels of a model that count. */
  Dataset<Row> of(ModelIdentity model) {
    return by(model).where(not(deleted()));
  }

  private Dataset<Row> by(ModelIdentity model) {
    return all.where(
        col(LabelRow.MODEL_REVISION)
            .equalTo(model.revision())
            .and(col(LabelRow.PROMPT_PACK).equalTo(model.promptPack())));
  }

  private static Column deleted() {
    return coalesce(col(LabelRow.SOURCE_DELETED), lit(false));
  }

  /** What the codes of categories mean. */
  Map<String, String> categories() {
    return categories;
  }

  /** What the labels of a model are. */
  ComparedLabels told(ModelIdentity model) {
    Row counts = by(model).agg(count(lit(1)), count_if(deleted())).first();
    return new ComparedLabels(
        asked.output().root(),
        path(),
        version,
        model,
        asked.run(),
        counts.getLong(0) - counts.getLong(1),
        counts.getLong(1),
        JudgingSettings.of(of(model), runs));
  }
}

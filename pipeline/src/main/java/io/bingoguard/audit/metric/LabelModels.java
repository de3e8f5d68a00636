package io.bingoguard.audit.metric;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.RunsTable;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;

/**
 * The models whose labels stand in a table, the one that was last at work first. Labels of two are
 * never counted together: of every exchange that of the model last at work is taken, and of every
 * night those of one model.
 */
final class LabelModels {
  /** Place of a label's model, from 0. */
  static final String PLACE = "place";

  private static final String NIGHT_PLACE = "night_place";
  private static final String REVISION = "placed_revision";
  private static final String PACK = "placed_pack";
  private static final StructType MODELS =
      new StructType()
          .add(PLACE, IntegerType, false)
          .add(LabelRow.MODEL_ID, StringType, false)
          .add(LabelRow.MODEL_REVISION, StringType, false)
          .add(LabelRow.PROMPT_PACK, StringType, false);

  private final SparkSession spark;
  private final List<Row> models;

  private LabelModels(SparkSession spark, List<Row> models) {
    this.spark = spark;
    this.models = models;
  }

  /** Those of labels, the one last at work first; there are few. */
  static LabelModels of(Dataset<Row> labels, Dataset<Row> runs) {
    List<Row> found = RunsTable.models(labels, runs).collectAsList();
    List<Row> models = new ArrayList<>();
    for (Row row : found) {
      models.add(
          RowFactory.create(
              models.size(),
              row.getAs(LabelRow.MODEL_ID),
              row.getAs(LabelRow.MODEL_REVISION),
              row.getAs(LabelRow.PROMPT_PACK)));
    }
    return new LabelModels(labels.sparkSession(), models);
  }

  /**
   * Labels with what is needed to choose among them: those that another model has replaced are left
   * out, and the others say whether they are of their night's model.
   *
   * @param labels with their nights; {@code deleted} and {@code undated} say which count apart
   */
  Dataset<Row> chosen(Dataset<Row> labels) {
    if (models.size() == 1) {
      Dataset<Row> only = labels.withColumn(LabelCounts.OTHER_MODEL, lit(false));
      Row model = models.get(0);
      for (String name : MODELS.fieldNames()) {
        only = only.withColumn(name, lit(model.get(MODELS.fieldIndex(name))));
      }
      return only;
    }
    Dataset<Row> placed =
        current(labels.join(broadcast(places()), isOfModel()).drop(REVISION, PACK));
    Column counted = not(col(LabelCounts.DELETED)).and(not(col(Nights.UNDATED)));
    Dataset<Row> nights =
        placed
            .groupBy(col(Nights.NIGHT), col(PLACE))
            .agg(sum(counted.cast("long")).as("counted"))
            .groupBy(col(Nights.NIGHT).as("of_night"))
            .agg(
                max_by(col(PLACE), struct(col("counted"), col(PLACE).multiply(-1)))
                    .as(NIGHT_PLACE));
    return placed
        .join(broadcast(nights), col(Nights.NIGHT).equalTo(col("of_night")))
        .withColumn(LabelCounts.OTHER_MODEL, col(PLACE).notEqual(col(NIGHT_PLACE)))
        .drop("of_night", PLACE, LabelRow.MODEL_ID, LabelRow.MODEL_REVISION, LabelRow.PROMPT_PACK)
        .join(broadcast(table()), col(PLACE).equalTo(col(NIGHT_PLACE)))
        .drop(NIGHT_PLACE);
  }

  /** As the view {@code current_labels} has it, of each night by itself. */
  private static Dataset<Row> current(Dataset<Row> placed) {
    Column newest =
        min(PLACE)
            .over(
                Window.partitionBy(
                    Nights.NIGHT,
                    LabelRow.CONVERSATION_ID,
                    LabelRow.TURN_INDEX,
                    LabelRow.CONTENT_HASH,
                    LabelRow.INPUT_FILE));
    return placed
        .withColumn("newest", newest)
        .where(col(PLACE).equalTo(col("newest")))
        .drop("newest");
  }

  private static Column isOfModel() {
    return col(REVISION)
        .equalTo(col(LabelRow.MODEL_REVISION))
        .and(col(PACK).equalTo(col(LabelRow.PROMPT_PACK)));
  }

  private Dataset<Row> places() {
    return table()
        .select(
            col(PLACE),
            col(LabelRow.MODEL_REVISION).as(REVISION),
            col(LabelRow.PROMPT_PACK).as(PACK));
  }

  private Dataset<Row> table() {
    return spark.createDataFrame(models, MODELS);
  }
}

package io.bingoguard.testing;

import static org.apache.spark.sql.functions.current_timestamp;
import static org.apache.spark.sql.functions.lit;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A table of labels whose rows are made by expressions of Spark, without a corpus or a model. */
public final class SimulatedLabels {
  private final SparkSession spark;
  private final String output;
  private final RunStamp stamp;

  /** Of an output. */
  public SimulatedLabels(SparkSession spark, String output, RunStamp stamp) {
    this.spark = spark;
    this.output = output;
    this.stamp = stamp;
  }

  /** The table of labels, empty unless there are labels; labels of other models may be there. */
  public void create() {
    OutputDirectory directory = OutputDirectory.open(output, spark.sessionState().newHadoopConf());
    LabelsTable.of(spark, directory, stamp, false).besideOthers().create();
  }

  /**
   * Adds a label for each row, in one commit.
   *
   * @param values of the columns of labels, over the columns of the rows; of the others, those that
   *     cannot be null have the same value in every row
   */
  public void append(Dataset<Row> rows, Map<String, Column> values) {
    Map<String, Column> all = constants();
    all.putAll(values);
    rows.select(
            Arrays.stream(LabelRow.schema(false).fields())
                .map(
                    field ->
                        all.getOrDefault(field.name(), lit(null))
                            .cast(field.dataType())
                            .as(field.name()))
                .toArray(Column[]::new))
        .write()
        .format("delta")
        .mode("append")
        .save(output + "/labels");
  }

  private Map<String, Column> constants() {
    Map<String, Column> values = new LinkedHashMap<>();
    values.put(LabelRow.TURN_INDEX, lit(0));
    values.put(LabelRow.LABEL_STATUS, lit("ok"));
    values.put(LabelRow.FORMAT_CONFIDENCE, lit(1.0));
    values.put(LabelRow.INPUT_TOKENS, lit(10));
    values.put(LabelRow.WINDOWS, lit(1));
    values.put(LabelRow.MODEL_ID, lit(stamp.model().id()));
    values.put(LabelRow.MODEL_REVISION, lit(stamp.model().revision()));
    values.put(LabelRow.PROMPT_PACK, lit(stamp.model().promptPack()));
    values.put(LabelRow.ENGINE_VERSION, lit(stamp.engineVersion()));
    values.put(LabelRow.RUN_ID, lit(stamp.runId()));
    values.put(LabelRow.LABELLED_AT, current_timestamp());
    return values;
  }
}

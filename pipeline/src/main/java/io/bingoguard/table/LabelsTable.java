package io.bingoguard.table;

import static io.bingoguard.spark.LabelSchema.CONVERSATION_ID;
import static io.bingoguard.spark.LabelSchema.LABELLED_AT;
import static io.bingoguard.spark.LabelSchema.RUN_ID;

import io.bingoguard.pipeline.PipelineErrors;
import io.bingoguard.spark.LabelSchema;
import io.bingoguard.spark.RunStamp;
import java.util.List;
import java.util.Objects;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** The labels of one model and prompt pack, one row an exchange. */
public final class LabelsTable {
  private static final String COMMENT = "Harmfulness and severity labels, one row an exchange";

  /**
   * When a row was labelled is known for every corpus and is what a nightly reader asks for; the
   * conversation is what a join with the corpus asks for.
   */
  private static final List<String> CLUSTER_BY = List.of(LABELLED_AT, CONVERSATION_ID);

  private final PathTable table;

  private LabelsTable(PathTable table) {
    this.table = table;
  }

  /**
   * Opens or creates the table.
   *
   * @param includeText whether the two texts are columns of the table
   * @throws io.bingoguard.guard.GuardException OUTPUT_UNSUITABLE when something else is there,
   *     OUTPUT_OTHER_MODEL when the table holds labels of another model or prompt pack
   */
  public static LabelsTable open(
      SparkSession spark, OutputDirectory output, RunStamp stamp, boolean includeText) {
    TableSpec spec =
        new TableSpec(COMMENT, LabelSchema.of(includeText), LabelConstraints.of(stamp), CLUSTER_BY);
    PathTable table = PathTable.open(spark, output.labels(), spec);
    LabelsTable labels = new LabelsTable(table);
    labels.refuseOtherModel(stamp);
    return labels;
  }

  public String path() {
    return table.path();
  }

  public Dataset<Row> read() {
    return table.read();
  }

  public Dataset<Row> rowsOf(String runId) {
    Objects.requireNonNull(runId, "runId");
    return table.read().where(functions.col(RUN_ID).equalTo(runId));
  }

  /** Appends in one commit. A key that was committed before is skipped without evaluating rows. */
  public void append(Dataset<Row> labels, CommitKey key) {
    table.append(labels, key);
  }

  private void refuseOtherModel(RunStamp stamp) {
    String expected = LabelConstraints.oneModel(stamp);
    String seen = table.constraint(LabelConstraints.ONE_MODEL);
    if (seen.equals(expected)) {
      return;
    }
    if (!table.read().isEmpty()) {
      throw PipelineErrors.otherModel(table.path(), seen, expected);
    }
    table.replaceConstraint(LabelConstraints.ONE_MODEL, expected);
  }
}

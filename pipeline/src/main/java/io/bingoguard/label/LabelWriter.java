package io.bingoguard.label;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.InputFiles;
import io.bingoguard.table.LabelCommit;
import io.bingoguard.table.LabelsTable;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Labels exchange rows and commits them; the rows are evaluated by the commit alone, once. */
final class LabelWriter {
  private final LabelsTable table;
  private final RunStamp stamp;
  private final MapPartitionsFunction<Row, Row> labeller;
  private final boolean includeText;
  private final Runnable refuseUnfit;
  private volatile boolean wrote;
  private long batch;

  /**
   * A writer.
   *
   * @param refuseUnfit refuses a table that another run has made unfit; called before each commit
   */
  LabelWriter(
      LabelsTable table,
      RunStamp stamp,
      MapPartitionsFunction<Row, Row> labeller,
      boolean includeText,
      Runnable refuseUnfit) {
    this.table = table;
    this.stamp = stamp;
    this.labeller = labeller;
    this.includeText = includeText;
    this.refuseUnfit = refuseUnfit;
  }

  /** Whether the table may hold rows of this writer. */
  boolean wrote() {
    return wrote;
  }

  /**
   * Labels and commits.
   *
   * @param exchanges all exchanges of some files that are not labelled
   */
  LabelsTable.Committed write(Dataset<Row> exchanges, InputFiles read) {
    return table.append(
        exchanges.mapPartitions(labeller, LabelRow.encoder(includeText)),
        new LabelCommit(stamp, batch++, read),
        () -> {
          refuseUnfit.run();
          wrote = true;
        });
  }
}

package io.bingoguard.label;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.table.CommitKey;
import io.bingoguard.table.LabelsTable;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/** Labels exchange rows and commits them; the rows are evaluated by the commit alone, once. */
final class LabelWriter {
  private final LabelsTable table;
  private final MapPartitionsFunction<Row, Row> labeller;
  private final boolean includeText;
  private final Runnable refuseUnfit;
  private volatile boolean wrote;

  /**
   * A writer.
   *
   * @param refuseUnfit refuses a table that another run has made unfit; called before each commit
   */
  LabelWriter(
      LabelsTable table,
      MapPartitionsFunction<Row, Row> labeller,
      boolean includeText,
      Runnable refuseUnfit) {
    this.table = table;
    this.labeller = labeller;
    this.includeText = includeText;
    this.refuseUnfit = refuseUnfit;
  }

  /** Whether the table may hold rows of this writer. */
  boolean wrote() {
    return wrote;
  }

  void write(Dataset<Row> exchanges, CommitKey key) {
    refuseUnfit.run();
    wrote = true;
    table.append(exchanges.mapPartitions(labeller, LabelRow.encoder(includeText)), key);
  }
}

package io.bingoguard.spark.rows;

import io.bingoguard.guard.SafetyLabel;
import java.util.Objects;
import org.apache.spark.sql.Row;

/**
 * What an earlier run judged of equal texts.
 *
 * @param label what came out
 * @param runId the run that judged
 * @param engineVersion version of this software that judged
 */
public record EarlierLabel(SafetyLabel label, String runId, String engineVersion) {
  public EarlierLabel {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(runId, "runId");
    Objects.requireNonNull(engineVersion, "engineVersion");
  }

  static EarlierLabel read(Row row) {
    return new EarlierLabel(
        LabelRow.label(row), row.getAs(LabelRow.RUN_ID), row.getAs(LabelRow.ENGINE_VERSION));
  }
}

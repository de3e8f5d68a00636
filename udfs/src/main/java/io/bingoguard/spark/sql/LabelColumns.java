package io.bingoguard.spark.sql;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import java.time.Instant;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** The columns of labels that are about the texts, as a struct. */
public final class LabelColumns {
  private static final List<String> NAMES =
      List.of(
          LabelRow.CONTENT_HASH,
          LabelRow.PROMPT_HARMFUL,
          LabelRow.PROMPT_PROBABILITY,
          LabelRow.PROMPT_CATEGORY,
          LabelRow.RESPONSE_HARMFUL,
          LabelRow.RESPONSE_PROBABILITY,
          LabelRow.RESPONSE_CATEGORY,
          LabelRow.SEVERITY,
          LabelRow.SEVERITY_PROBABILITIES,
          LabelRow.SEVERITY_SCORE,
          LabelRow.LABEL_STATUS,
          LabelRow.ERROR_CODE,
          LabelRow.ERROR_MESSAGE,
          LabelRow.FORMAT_CONFIDENCE,
          LabelRow.INPUT_TOKENS,
          LabelRow.WINDOWS,
          LabelRow.WINDOW_OF_VERDICT,
          LabelRow.CONTEXT_CUT_TOKENS,
          LabelRow.TRUNCATED_TOKENS,
          LabelRow.MODEL_ID,
          LabelRow.MODEL_REVISION,
          LabelRow.PROMPT_PACK);

  public static final StructType TYPE = type();

  private LabelColumns() {}

  private static StructType type() {
    StructType labels = LabelRow.schema(false);
    StructType type = new StructType();
    for (String name : NAMES) {
      StructField field = labels.apply(name);
      type = type.add(name, field.dataType(), field.nullable());
    }
    return type;
  }

  /** The struct, in the order of {@link #TYPE}. */
  public static Row of(Exchange exchange, SafetyLabel label, RunStamp stamp) {
    Row row =
        new LabelRow(ExchangeRow.of("", 0, exchange), label, stamp, Instant.now()).write(false);
    return RowFactory.create(NAMES.stream().map(row::getAs).toArray());
  }
}

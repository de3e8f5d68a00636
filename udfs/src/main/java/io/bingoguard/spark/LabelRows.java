package io.bingoguard.spark;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;

/** Turns exchange rows and their labels into label rows. */
final class LabelRows {
  private final RunStamp stamp;
  private final boolean includeText;

  LabelRows(RunStamp stamp, boolean includeText) {
    this.stamp = stamp;
    this.includeText = includeText;
  }

  static boolean toBeJudged(Row row) {
    return row.isNullAt(row.fieldIndex(ExchangeSchema.STATUS));
  }

  static Exchange exchange(Row row) {
    return new Exchange(
        Optional.ofNullable(row.getAs(ExchangeSchema.PROMPT)),
        Optional.ofNullable(row.getAs(ExchangeSchema.RESPONSE)));
  }

  /** The label row of a row that says itself why it is not judged. */
  Row notJudged(Row row) {
    String status = row.getAs(ExchangeSchema.STATUS);
    return labelled(
        row,
        SafetyLabel.notJudged(
            LabelStatus.valueOf(status.toUpperCase(Locale.ROOT)),
            new LabelProblem(
                row.getAs(ExchangeSchema.ERROR_CODE), row.getAs(ExchangeSchema.ERROR_MESSAGE))));
  }

  Row labelled(Row row, SafetyLabel label) {
    List<Object> values = new ArrayList<>();
    values.add(row.getAs(ExchangeSchema.CONVERSATION_ID));
    values.add(row.getAs(ExchangeSchema.TURN_INDEX));
    values.add(row.getAs(ExchangeSchema.OCCURRED_AT));
    values.add(row.getAs(ExchangeSchema.SOURCE));
    values.add(ContentHash.of(exchange(row)));
    values.add(row.getAs(ExchangeSchema.LANGUAGE));
    addVerdict(values, label.prompt());
    addVerdict(values, label.response());
    values.add(label.severity().map(Severity::level).orElse(null));
    values.add(
        label
            .severity()
            .map(Severity::probabilities)
            .filter(probabilities -> !probabilities.isEmpty())
            .map(probabilities -> probabilities.toArray(new Double[0]))
            .orElse(null));
    values.add(label.severity().map(Severity::score).orElse(null));
    values.add(label.status().key());
    values.add(label.problem().map(LabelProblem::code).orElse(null));
    values.add(label.problem().map(LabelProblem::message).orElse(null));
    values.add(
        label.formatConfidence().isPresent() ? label.formatConfidence().getAsDouble() : null);
    values.add(label.inputTokens());
    values.add(label.windows());
    values.add(stamp.modelId());
    values.add(stamp.modelRevision());
    values.add(stamp.promptPack());
    values.add(stamp.engineVersion());
    values.add(stamp.runId());
    values.add(Timestamp.from(Instant.now()));
    if (includeText) {
      values.add(row.getAs(ExchangeSchema.PROMPT));
      values.add(row.getAs(ExchangeSchema.RESPONSE));
    }
    return RowFactory.create(values.toArray());
  }

  private static void addVerdict(List<Object> values, Optional<Verdict> verdict) {
    values.add(verdict.map(Verdict::harmful).orElse(null));
    values.add(verdict.map(Verdict::probability).orElse(null));
    values.add(verdict.flatMap(Verdict::category).map(category -> category.code()).orElse(null));
  }
}

package io.bingoguard.compare.count;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.rows.LabelRow;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * From pairs of labels to messages that were judged twice, prompts and replies below each other.
 */
final class Messages {
  static final String SIDE = "side";
  static final String PROMPT = "prompt";
  static final String RESPONSE = "response";

  static final String VERDICT_BEFORE = "verdict_before";
  static final String VERDICT_AFTER = "verdict_after";
  static final String PROBABILITY_BEFORE = "probability_before";
  static final String PROBABILITY_AFTER = "probability_after";
  static final String CATEGORY_BEFORE = "category_before";
  static final String CATEGORY_AFTER = "category_after";

  /** Severities are of replies; null of prompts. */
  static final String SEVERITY_BEFORE = "severity_before";

  static final String SEVERITY_AFTER = "severity_after";

  /** By how much the probability rose; null where one is not known. */
  static final String SHIFT = "shift";

  static final String FLIPPED = "flipped";

  /** No verdict that the exchange could have: then its label is whole without one. */
  private static final String ABSENT = "absent";

  private static final String MESSAGE = "message";

  private Messages() {}

  /** The messages of pairs that have both sides. */
  static Dataset<Row> of(Dataset<Row> pairs) {
    Column before = col(VERDICT_BEFORE);
    Column after = col(VERDICT_AFTER);
    // The content is the same, so a message that one side knows to be absent is so on the other.
    Column absent =
        before
            .equalTo(ABSENT)
            .or(after.equalTo(ABSENT))
            .and(isJudged(before).or(isJudged(after)).equalTo(lit(false)));
    return pairs
        .where(col(Pairs.BEFORE).isNotNull().and(col(Pairs.AFTER).isNotNull()))
        .select(
            col(LabelRow.CONVERSATION_ID),
            col(LabelRow.TURN_INDEX),
            coalesce(of(Pairs.AFTER, LabelRow.SOURCE), of(Pairs.BEFORE, LabelRow.SOURCE))
                .as(LabelRow.SOURCE),
            coalesce(of(Pairs.AFTER, LabelRow.LANGUAGE), of(Pairs.BEFORE, LabelRow.LANGUAGE))
                .as(LabelRow.LANGUAGE),
            explode(array(message(PROMPT), message(RESPONSE))).as(MESSAGE))
        .select(
            col(LabelRow.CONVERSATION_ID),
            col(LabelRow.TURN_INDEX),
            col(LabelRow.SOURCE),
            col(LabelRow.LANGUAGE),
            col(MESSAGE + ".*"))
        .where(not(absent))
        .withColumn(VERDICT_BEFORE, present(before))
        .withColumn(VERDICT_AFTER, present(after))
        .withColumn(FLIPPED, before.notEqual(after))
        .withColumn(SHIFT, col(PROBABILITY_AFTER).minus(col(PROBABILITY_BEFORE)));
  }

  private static Column isJudged(Column verdict) {
    return verdict.isin(VerdictState.HARMFUL.key(), VerdictState.HARMLESS.key());
  }

  private static Column present(Column verdict) {
    return when(verdict.equalTo(ABSENT), lit(VerdictState.UNKNOWN.key())).otherwise(verdict);
  }

  private static Column message(String side) {
    boolean prompt = side.equals(PROMPT);
    String harmful = prompt ? LabelRow.PROMPT_HARMFUL : LabelRow.RESPONSE_HARMFUL;
    String probability = prompt ? LabelRow.PROMPT_PROBABILITY : LabelRow.RESPONSE_PROBABILITY;
    String category = prompt ? LabelRow.PROMPT_CATEGORY : LabelRow.RESPONSE_CATEGORY;
    return struct(
        lit(side).as(SIDE),
        verdict(Pairs.BEFORE, harmful).as(VERDICT_BEFORE),
        verdict(Pairs.AFTER, harmful).as(VERDICT_AFTER),
        of(Pairs.BEFORE, probability).as(PROBABILITY_BEFORE),
        of(Pairs.AFTER, probability).as(PROBABILITY_AFTER),
        of(Pairs.BEFORE, category).as(CATEGORY_BEFORE),
        of(Pairs.AFTER, category).as(CATEGORY_AFTER),
        severity(Pairs.BEFORE, prompt).as(SEVERITY_BEFORE),
        severity(Pairs.AFTER, prompt).as(SEVERITY_AFTER));
  }

  private static Column severity(String label, boolean prompt) {
    return prompt ? lit(null).cast("int") : of(label, LabelRow.SEVERITY);
  }

  private static Column verdict(String label, String harmful) {
    Column verdict = of(label, harmful);
    Column whole =
        of(label, LabelRow.LABEL_STATUS).isin(LabelStatus.OK.key(), LabelStatus.TRUNCATED.key());
    return when(verdict, lit(VerdictState.HARMFUL.key()))
        .when(not(verdict), lit(VerdictState.HARMLESS.key()))
        .when(whole, lit(ABSENT))
        .otherwise(lit(VerdictState.UNKNOWN.key()));
  }

  private static Column of(String label, String column) {
    return col(label + "." + column);
  }
}

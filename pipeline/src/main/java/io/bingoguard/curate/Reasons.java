package io.bingoguard.curate;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.array_compact;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.Severity;
import io.bingoguard.spark.rows.LabelRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.types.DataTypes;

/** Why an exchange is removed, as a column over the columns of its label. */
final class Reasons {
  static final String PROMPT_HARMFUL = "prompt_harmful";
  static final String RESPONSE_HARMFUL = "response_harmful";
  static final String RESPONSE_SEVERITY = "response_severity";
  static final String UNKNOWN = "unknown";
  static final String UNLABELLED = "unlabelled";

  /** Another record of the conversation is removed. */
  static final String CONVERSATION = "conversation";

  /** Of a limit that lets no harmful message pass. */
  private static final int NONE = -1;

  private static final int ANY = Severity.LEVELS - 1;

  private final CurationRules rules;

  Reasons(CurationRules rules) {
    this.rules = rules;
  }

  /** A list of the constants above, empty for an exchange that is kept. */
  Column column() {
    List<Column> reasons = new ArrayList<>();
    Column labelled = col(LabelRow.LABEL_STATUS).isNotNull();
    if (rules.unlabelled() != CurationRules.Doubt.KEEP) {
      reasons.add(when(not(labelled), lit(UNLABELLED)));
    }
    Column unknown = lit(false);
    if (rules.prompts()) {
      Column limit = limit(LabelRow.PROMPT_CATEGORY);
      reasons.add(
          when(
              isTrue(harmful(LabelRow.PROMPT_HARMFUL, LabelRow.PROMPT_PROBABILITY))
                  .and(limit.lt(ANY)),
              lit(PROMPT_HARMFUL)));
      unknown = unknown.or(notJudged(LabelRow.PROMPT_HARMFUL));
    }
    if (rules.responses()) {
      Column harmful = isTrue(harmful(LabelRow.RESPONSE_HARMFUL, LabelRow.RESPONSE_PROBABILITY));
      Column limit = limit(LabelRow.RESPONSE_CATEGORY);
      Column severity = col(LabelRow.SEVERITY);
      reasons.add(when(harmful.and(limit.lt(0)), lit(RESPONSE_HARMFUL)));
      reasons.add(when(harmful.and(limit.geq(0)).and(severity.gt(limit)), lit(RESPONSE_SEVERITY)));
      unknown =
          unknown
              .or(notJudged(LabelRow.RESPONSE_HARMFUL))
              .or(harmful.and(limit.between(0, ANY - 1)).and(severity.isNull()));
    }
    if (rules.unknown() != CurationRules.Doubt.KEEP) {
      reasons.add(when(labelled.and(unknown), lit(UNKNOWN)));
    }
    return coalesce(
        array_compact(array(reasons.toArray(Column[]::new))),
        array().cast(DataTypes.createArrayType(DataTypes.StringType)));
  }

  private Column harmful(String verdict, String probability) {
    return rules.threshold().isPresent()
        ? col(probability).geq(rules.threshold().getAsDouble())
        : col(verdict);
  }

  /** A message that is missing is not unknown: then the label is whole without its verdict. */
  private static Column notJudged(String verdict) {
    return col(verdict)
        .isNull()
        .and(
            not(
                col(LabelRow.LABEL_STATUS)
                    .isin(LabelStatus.OK.key(), LabelStatus.TRUNCATED.key())));
  }

  /** Highest severity of the category that is kept. */
  private Column limit(String category) {
    Column limit = lit(rules.maxSeverity().orElse(NONE));
    for (Map.Entry<String, Integer> own : rules.categoryLimits().entrySet()) {
      limit =
          when(isTrue(col(category).equalTo(own.getKey())), lit(own.getValue())).otherwise(limit);
    }
    return limit;
  }

  private static Column isTrue(Column condition) {
    return coalesce(condition, lit(false));
  }
}

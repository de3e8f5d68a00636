package io.bingoguard.table;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.spark.rows.RunStamp;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** CHECK constraints of the labels table: name to condition. A condition is never null. */
final class LabelConstraints {
  /**
   * Keeps labels of different models or prompt packs apart, whoever writes. Where all was labelled
   * again by another model, it names each, the one last that labels now.
   */
  static final String ONE_MODEL = "one_model";

  private static final String OR = " OR ";

  /** Between two conditions; within one the quotes would be escaped. */
  private static final String BETWEEN_MODELS = "'" + OR + "model_revision = '";

  private static final String STATUSES =
      Arrays.stream(LabelStatus.values())
          .map(status -> "'" + status.key() + "'")
          .collect(Collectors.joining(", "));

  /** The name of a constraint that has to grow with the statuses there are. */
  static final String STATUS = "label_status_known";

  static final String STATUS_KNOWN = "label_status IN (%s)".formatted(STATUSES);

  /** Whether a condition, however Delta has written it, allows every status there is. */
  static boolean knowsStatuses(String condition) {
    return Arrays.stream(LabelStatus.values())
        .allMatch(status -> condition.contains("'" + status.key() + "'"));
  }

  private LabelConstraints() {}

  static Map<String, String> of(RunStamp stamp) {
    Map<String, String> conditions = new TreeMap<>();
    conditions.put(ONE_MODEL, oneModel(stamp));
    conditions.put("turn_index_from_zero", "turn_index >= 0");
    conditions.put(STATUS, STATUS_KNOWN);
    conditions.put(
        "error_code_unless_ok",
        "(error_code IS NULL) = (label_status = '%s')".formatted(LabelStatus.OK.key()));
    conditions.put("prompt_probability_unit", unit("prompt_probability"));
    conditions.put("response_probability_unit", unit("response_probability"));
    conditions.put("format_confidence_unit", unit("format_confidence"));
    conditions.put("prompt_judged_whole", sameNulls("prompt_harmful", "prompt_probability"));
    conditions.put("response_judged_whole", sameNulls("response_harmful", "response_probability"));
    conditions.put(
        "prompt_category_when_harmful", onlyWhenHarmful("prompt_category", "prompt_harmful"));
    conditions.put(
        "response_category_when_harmful", onlyWhenHarmful("response_category", "response_harmful"));
    conditions.put("severity_level", "severity IS NULL OR severity BETWEEN 0 AND 4");
    conditions.put(
        "severity_score_range", "severity_score IS NULL OR severity_score BETWEEN 0 AND 4");
    conditions.put(
        "severity_probabilities_five",
        "severity_probabilities IS NULL OR size(array_compact(severity_probabilities)) = 5");
    conditions.put("severity_whole", sameNulls("severity", "severity_score"));
    conditions.put("severity_of_verdict", "severity IS NULL OR response_harmful IS NOT NULL");
    conditions.put(
        "severity_probabilities_of_severity",
        "severity_probabilities IS NULL OR severity IS NOT NULL");
    conditions.put("error_whole", sameNulls("error_code", "error_message"));
    conditions.put("format_confidence_when_judged", "(format_confidence IS NULL) = (windows = 0)");
    conditions.put("unread_parts_counted", countedOrNull("unread_parts"));
    conditions.put("truncated_tokens_counted", countedOrNull("truncated_tokens"));
    return conditions;
  }

  static String oneModel(RunStamp stamp) {
    return oneModel(stamp.model().revision(), stamp.model().promptPack());
  }

  static String oneModel(String revision, String promptPack) {
    return "model_revision = %s AND %s".formatted(SqlText.literal(revision), onePack(promptPack));
  }

  /** The same for labels of several models, the one last that labels now. */
  static String oneOf(Collection<String> conditions) {
    return String.join(OR, conditions);
  }

  /** Whether a condition is one of those that were joined into another. */
  static boolean isOneOf(String joined, String condition) {
    return (OR + joined + OR).contains(OR + condition + OR);
  }

  /** Of a condition, what it says of the model that labels now. */
  static String labellingNow(String condition) {
    int before = condition.lastIndexOf(BETWEEN_MODELS);
    return before < 0 ? condition : condition.substring(before + 1 + OR.length());
  }

  static String onePack(String promptPack) {
    return "prompt_pack = " + SqlText.literal(promptPack);
  }

  private static String unit(String column) {
    return "%1$s IS NULL OR %1$s BETWEEN 0 AND 1".formatted(column);
  }

  private static String countedOrNull(String column) {
    return "%1$s IS NULL OR %1$s > 0".formatted(column);
  }

  private static String sameNulls(String one, String other) {
    return "(%s IS NULL) = (%s IS NULL)".formatted(one, other);
  }

  private static String onlyWhenHarmful(String category, String harmful) {
    return "%1$s IS NULL OR (%2$s IS NOT NULL AND %2$s)".formatted(category, harmful);
  }
}

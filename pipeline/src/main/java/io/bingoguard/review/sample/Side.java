package io.bingoguard.review.sample;

import io.bingoguard.spark.rows.LabelRow;
import java.util.Locale;

/** Which message of an exchange is asked about. */
public enum Side {
  PROMPT(LabelRow.PROMPT_HARMFUL, LabelRow.PROMPT_PROBABILITY, LabelRow.PROMPT_CATEGORY),
  RESPONSE(LabelRow.RESPONSE_HARMFUL, LabelRow.RESPONSE_PROBABILITY, LabelRow.RESPONSE_CATEGORY);

  private final String harmful;
  private final String probability;
  private final String category;

  Side(String harmful, String probability, String category) {
    this.harmful = harmful;
    this.probability = probability;
    this.category = category;
  }

  /** The side as tables and files spell it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  static Side of(String key) {
    return valueOf(key.toUpperCase(Locale.ROOT));
  }

  /** Column of the labels that has the verdict. */
  String harmful() {
    return harmful;
  }

  /** Column of the labels that has P(harmful). */
  String probability() {
    return probability;
  }

  /** Column of the labels that has the category. */
  String category() {
    return category;
  }
}

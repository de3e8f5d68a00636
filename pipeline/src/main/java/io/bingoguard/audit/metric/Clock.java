package io.bingoguard.audit.metric;

import io.bingoguard.spark.rows.LabelRow;

/** What tells which night an exchange belongs to. */
public enum Clock {
  /** When it took place, from the corpus. */
  OCCURRED_AT(LabelRow.OCCURRED_AT),
  /** When it was labelled. */
  LABELLED_AT(LabelRow.LABELLED_AT);

  private final String column;

  Clock(String column) {
    this.column = column;
  }

  /** The column of the labels table. */
  public String column() {
    return column;
  }

  static Clock of(String column) {
    return column.equals(OCCURRED_AT.column) ? OCCURRED_AT : LABELLED_AT;
  }
}

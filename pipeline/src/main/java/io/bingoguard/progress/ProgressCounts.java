package io.bingoguard.label;

/**
 * How far labelling has come.
 *
 * @param exchanges rows labelled
 * @param conversations conversations begun: rows that are the first of theirs
 */
record LabelCounts(long exchanges, long conversations) {
  static final LabelCounts NONE = new LabelCounts(0, 0);

  LabelCounts plus(LabelCounts other) {
    return new LabelCounts(exchanges + other.exchanges, conversations + other.conversations);
  }

  LabelCounts max(LabelCounts other) {
    return exchanges >= other.exchanges ? this : other;
  }
}

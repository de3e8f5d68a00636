package io.bingoguard.curate;

/**
 * Numbers of records.
 *
 * @param records of the input
 * @param kept in the one set
 * @param removed in the other
 */
record SetCounts(long records, long kept, long removed) {
  static final SetCounts NONE = new SetCounts(0, 0, 0);

  boolean isWhole() {
    return kept + removed == records;
  }

  SetCounts plus(SetCounts other) {
    return new SetCounts(records + other.records, kept + other.kept, removed + other.removed);
  }

  SetCounts minus(SetCounts other) {
    return new SetCounts(records - other.records, kept - other.kept, removed - other.removed);
  }
}

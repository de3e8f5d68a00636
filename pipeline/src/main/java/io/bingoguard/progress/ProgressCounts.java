package io.bingoguard.progress;

/**
 * How far a run has come.
 *
 * @param items what it rates itself by, for example rows labelled
 * @param units what its total counts, for example conversations begun: rows that are the first of
 *     theirs
 */
public record ProgressCounts(long items, long units) {
  public static final ProgressCounts NONE = new ProgressCounts(0, 0);

  ProgressCounts plus(ProgressCounts other) {
    return new ProgressCounts(items + other.items, units + other.units);
  }

  /** The one that is farther. */
  public ProgressCounts max(ProgressCounts other) {
    return items >= other.items ? this : other;
  }
}

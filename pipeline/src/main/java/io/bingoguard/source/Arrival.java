package io.bingoguard.source;

/** How a file came into a Delta table. */
public enum Arrival {
  /** With new rows, by a commit that took none away. */
  ADDED,
  /** With rows that other files had before, as OPTIMIZE does. */
  REORGANIZED,
  /** By a commit that changed or deleted rows: the file may hold old rows and new ones. */
  REWRITTEN
}

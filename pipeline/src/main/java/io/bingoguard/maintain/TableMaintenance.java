package io.bingoguard.maintain;

import io.bingoguard.table.TableFiles;
import java.util.Objects;

/**
 * What was done for one table, or would be done.
 *
 * @param table its name in the output
 * @param before files that held its rows at first
 * @param after files that hold its rows now
 * @param deleted files that no version needs which may still be read
 */
public record TableMaintenance(
    String table, TableFiles before, TableFiles after, TableFiles deleted) {
  public TableMaintenance {
    Objects.requireNonNull(table, "table");
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(deleted, "deleted");
  }
}

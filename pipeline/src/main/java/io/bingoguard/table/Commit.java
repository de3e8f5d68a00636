package io.bingoguard.table;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.Set;

/**
 * A commit of a Delta table, as its log has it.
 *
 * @param version the table's version that it made
 * @param operation Delta's name of what was done; empty where the commit does not say, as of a file
 *     that was emptied
 * @param mode of a write: {@code Append} or {@code Overwrite}; else empty
 * @param userMetadata what the writer said, if it was JSON
 * @param rows rows that it added, where it says
 */
record Commit(
    long version, String operation, String mode, JsonNode userMetadata, OptionalLong rows) {
  /** They take away rows that were there, without saying which. */
  private static final Set<String> REPLACING =
      Set.of(
          "RESTORE",
          "TRUNCATE",
          "REPLACE TABLE",
          "CREATE OR REPLACE TABLE",
          "REPLACE TABLE AS SELECT",
          "CREATE OR REPLACE TABLE AS SELECT");

  Commit {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(userMetadata, "userMetadata");
    Objects.requireNonNull(rows, "rows");
  }

  /** Whether it added rows of which it does not say what files they are of. */
  boolean addsUnplaced() {
    return operation.equals("WRITE")
        && rows.orElse(1) > 0
        && LabelCommit.read(userMetadata).isEmpty();
  }

  /** Whether the table may hold less than it did, not by choice of rows but as a whole. */
  boolean replaces() {
    return operation.isEmpty() || REPLACING.contains(operation) || mode.equals("Overwrite");
  }
}

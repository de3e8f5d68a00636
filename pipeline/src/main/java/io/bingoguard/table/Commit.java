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
  private static final String MERGE = "MERGE";

  /** They take away rows that were there, without saying which. */
  private static final Set<String> REPLACING =
      Set.of(
          "RESTORE",
          "TRUNCATE",
          "REPLACE TABLE",
          "CREATE OR REPLACE TABLE",
          "REPLACE TABLE AS SELECT",
          "CREATE OR REPLACE TABLE AS SELECT");

  private static final Set<String> EDITING = Set.of("DELETE", "UPDATE", MERGE);

  /** They bring rows that were not there. */
  private static final Set<String> ADDING =
      Set.of("WRITE", "STREAMING UPDATE", "CREATE TABLE AS SELECT", MERGE, "COPY INTO", "CLONE");

  Commit {
    Objects.requireNonNull(operation, "operation");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(userMetadata, "userMetadata");
    Objects.requireNonNull(rows, "rows");
  }

  /** Whether the table may hold more than it did. This software merges only marks. */
  boolean adds() {
    return ADDING.contains(operation) && !(operation.equals(MERGE) && isOurs());
  }

  /** Whether others than this software changed rows that they chose, or took them away. */
  boolean edits() {
    return EDITING.contains(operation) && !isOurs();
  }

  private boolean isOurs() {
    return !LabelCommit.runId(userMetadata).isEmpty();
  }

  /** Whether the table may hold less than it did, not by choice of rows but as a whole. */
  boolean replaces() {
    return operation.isEmpty() || REPLACING.contains(operation) || mode.equals("Overwrite");
  }
}

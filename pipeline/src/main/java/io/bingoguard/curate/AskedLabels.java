package io.bingoguard.curate;

import io.bingoguard.table.CurrentLabels;
import java.util.Objects;

/**
 * The labels that a run has asked.
 *
 * @param output that holds them
 * @param version of their table
 * @param commit what tells that version from one of another table in its place
 * @param models in the order in which they were last at work, one a line
 */
public record AskedLabels(String output, long version, String commit, String models) {
  public AskedLabels {
    Objects.requireNonNull(output, "output");
    Objects.requireNonNull(commit, "commit");
    Objects.requireNonNull(models, "models");
  }

  static AskedLabels of(String output, CurrentLabels labels) {
    long version = labels.version();
    return new AskedLabels(output, version, labels.commitId(version), labels.models());
  }
}

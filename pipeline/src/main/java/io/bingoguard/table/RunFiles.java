package io.bingoguard.table;

import java.util.List;

/**
 * What a run found of the files of its input.
 *
 * @param labelled how many it labelled, in whole or what was new in them
 * @param changed paths of files that had changed since they were labelled
 * @param gone paths of files that are no longer there: labelled before, or deleted during the run
 * @param quarantined paths of files that could not be read
 * @param rewrites commits that changed or deleted rows of an input that is a Delta table
 * @param edits commits of others that changed or deleted rows of the labels
 */
public record RunFiles(
    long labelled,
    List<String> changed,
    List<String> gone,
    List<String> quarantined,
    List<String> rewrites,
    List<String> edits) {
  public static final RunFiles NONE =
      new RunFiles(0, List.of(), List.of(), List.of(), List.of(), List.of());

  public RunFiles {
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
    quarantined = List.copyOf(quarantined);
    rewrites = List.copyOf(rewrites);
    edits = List.copyOf(edits);
  }
}

package io.bingoguard.label;

import io.bingoguard.source.DataFile;
import io.bingoguard.table.InputFiles;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/**
 * What a run does with the files of an input.
 *
 * @param input the input and how it is read; without files
 * @param there all files of the input
 * @param fresh files of which nothing is labelled
 * @param compared files that may hold labelled exchanges and others
 * @param reorganized files whose rows are those of files that were labelled
 * @param ignored files that are left unlabelled because the user asked for that
 * @param changed paths of files that changed since they were labelled
 * @param gone paths of files that were labelled, are no longer there, and were not told as gone
 * @param rewrites commits that changed or deleted rows of a Delta table
 */
record FileSelection(
    InputFiles input,
    List<DataFile> there,
    List<DataFile> fresh,
    List<DataFile> compared,
    List<DataFile> reorganized,
    List<DataFile> ignored,
    List<String> changed,
    List<String> gone,
    List<String> rewrites) {
  FileSelection {
    Objects.requireNonNull(input, "input");
    there = List.copyOf(there);
    fresh = List.copyOf(fresh);
    compared = List.copyOf(compared);
    reorganized = List.copyOf(reorganized);
    ignored = List.copyOf(ignored);
    changed = List.copyOf(changed);
    gone = List.copyOf(gone);
    rewrites = List.copyOf(rewrites);
  }

  /** Whether there is nothing to record of any file. */
  boolean isEmpty() {
    return fresh.isEmpty() && compared.isEmpty() && reorganized.isEmpty() && ignored.isEmpty();
  }

  /** All that are read. */
  List<DataFile> toRead() {
    return Stream.concat(fresh.stream(), compared.stream()).toList();
  }
}

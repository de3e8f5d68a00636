package io.bingoguard.label;

import java.util.Objects;

/**
 * How a run goes about the files of its input.
 *
 * @param filesPerBatch most files of a micro-batch, which is one commit
 * @param changedFiles what is done about files that were appended to or written anew
 * @param changedTables what is done about Delta tables of which rows were changed or deleted
 * @param quarantine whether a file that cannot be read is put aside, or ends the run
 * @param retryErrors whether exchanges are judged again that came out as errors
 */
public record InputPolicy(
    int filesPerBatch,
    OnChange changedFiles,
    OnChange changedTables,
    boolean quarantine,
    boolean retryErrors) {
  /** All files at once; what is new is labelled, what cannot be read is put aside. */
  public static final InputPolicy USUAL =
      new InputPolicy(Integer.MAX_VALUE, OnChange.LABEL, OnChange.LABEL, true, false);

  public InputPolicy {
    if (filesPerBatch < 1) {
      throw new IllegalArgumentException("at least 1 file a batch, not " + filesPerBatch);
    }
    Objects.requireNonNull(changedFiles, "changedFiles");
    Objects.requireNonNull(changedTables, "changedTables");
  }

  public InputPolicy withFilesPerBatch(int files) {
    return new InputPolicy(files, changedFiles, changedTables, quarantine, retryErrors);
  }

  public InputPolicy withChanges(OnChange files, OnChange tables) {
    return new InputPolicy(filesPerBatch, files, tables, quarantine, retryErrors);
  }

  public InputPolicy withQuarantine(boolean putAside) {
    return new InputPolicy(filesPerBatch, changedFiles, changedTables, putAside, retryErrors);
  }

  public InputPolicy withRetryErrors(boolean again) {
    return new InputPolicy(filesPerBatch, changedFiles, changedTables, quarantine, again);
  }
}

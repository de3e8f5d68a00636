package io.bingoguard.label;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;

/**
 * How a run goes about its input.
 *
 * @param filesPerBatch most files of a micro-batch, which is one commit
 * @param changedFiles what is done about files that were appended to or written anew
 * @param changedTables what is done about Delta tables of which rows were changed or deleted
 * @param choices what else the run does
 * @param judgedLanguages whether exchanges in a language are judged; of the others, errors are not
 *     judged again
 */
public record InputPolicy(
    int filesPerBatch,
    OnChange changedFiles,
    OnChange changedTables,
    Set<Choice> choices,
    Predicate<String> judgedLanguages) {
  /** What a run does or leaves. */
  public enum Choice {
    /** Files that cannot be read are put aside, and do not end the run. */
    QUARANTINE,
    /** Exchanges are judged again that came out as errors. */
    RETRY_ERRORS,
    /** All is labelled again where another model has labelled it, beside the labels there are. */
    RESCAN,
    /** Labels are marked whose exchanges the input no longer holds. */
    MARK_DELETED,
    /** Texts keep the label that an earlier run gave to equal ones in the same way. */
    REUSE_LABELS
  }

  /** All files at once; what is new is labelled, what cannot be read is put aside. */
  public static final InputPolicy USUAL =
      new InputPolicy(
          Integer.MAX_VALUE,
          OnChange.LABEL,
          OnChange.LABEL,
          EnumSet.of(Choice.QUARANTINE, Choice.REUSE_LABELS),
          language -> true);

  public InputPolicy {
    if (filesPerBatch < 1) {
      throw new IllegalArgumentException("at least 1 file a batch, not " + filesPerBatch);
    }
    Objects.requireNonNull(changedFiles, "changedFiles");
    Objects.requireNonNull(changedTables, "changedTables");
    choices = Set.copyOf(choices);
    Objects.requireNonNull(judgedLanguages, "judgedLanguages");
  }

  boolean has(Choice choice) {
    return choices.contains(choice);
  }

  public InputPolicy withFilesPerBatch(int files) {
    return new InputPolicy(files, changedFiles, changedTables, choices, judgedLanguages);
  }

  public InputPolicy withChanges(OnChange files, OnChange tables) {
    return new InputPolicy(filesPerBatch, files, tables, choices, judgedLanguages);
  }

  /** The same, where only some languages are judged. */
  public InputPolicy withLanguages(Predicate<String> judged) {
    return new InputPolicy(filesPerBatch, changedFiles, changedTables, choices, judged);
  }

  /** The same, but for one choice. */
  public InputPolicy with(Choice choice, boolean made) {
    EnumSet<Choice> others = EnumSet.noneOf(Choice.class);
    others.addAll(choices);
    others.remove(choice);
    if (made) {
      others.add(choice);
    }
    return new InputPolicy(filesPerBatch, changedFiles, changedTables, others, judgedLanguages);
  }
}

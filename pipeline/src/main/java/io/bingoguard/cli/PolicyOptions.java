package io.bingoguard.cli;

import io.bingoguard.label.InputPolicy;
import io.bingoguard.label.InputPolicy.Choice;
import io.bingoguard.label.OnChange;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Options that say how {@code label} goes about an input and what is labelled of it. */
final class PolicyOptions {
  /** What is done about files that cannot be read. */
  enum BadFiles {
    QUARANTINE,
    FAIL
  }

  @Option(
      names = "--changed-files",
      paramLabel = "label|ignore|fail",
      defaultValue = "label",
      description =
          "What is done about files that changed since they were labelled (default: ${DEFAULT-VALUE}, what is new in them).")
  private OnChange changedFiles;

  @Option(
      names = "--source-changes",
      paramLabel = "label|skip|fail",
      defaultValue = "label",
      converter = OnSourceChange.class,
      description =
          "What is done about a Delta table of which rows were changed or deleted (default: ${DEFAULT-VALUE}, new and changed rows).")
  private OnChange sourceChanges;

  @Option(
      names = "--bad-files",
      paramLabel = "quarantine|fail",
      description =
          "What is done about files that cannot be read: they are put aside until the next run and the exit code is 3, or the run ends (default: it is refused when they are found at the start, and they are put aside later).")
  private Optional<BadFiles> badFiles = Optional.empty();

  @Option(
      names = "--retry-errors",
      description =
          "Judge exchanges of the input again that came out as errors, or were left out for their language or length.")
  private boolean retryErrors;

  @Option(
      names = "--mark-deleted",
      description =
          "Mark labels, in the column source_deleted, whose exchanges the input no longer holds: of files that are gone or changed, of rows deleted or changed in a Delta table.")
  private boolean markDeleted;

  @Option(
      names = "--rescan",
      description =
          "Label all of the input by this model and prompt pack too, beside the labels of others; what it has labelled stays.")
  private boolean rescan;

  @Option(
      names = "--reuse-labels",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Give texts the labels of equal ones that the same model and prompt pack judged before, set alike, and judge the others only (on by default).")
  private boolean reuseLabels;

  /**
   * What they say.
   *
   * @param filesPerBatch most files of a micro-batch
   */
  InputPolicy of(int filesPerBatch) {
    Set<Choice> choices = EnumSet.noneOf(Choice.class);
    add(Choice.QUARANTINE, !badFiles.equals(Optional.of(BadFiles.FAIL)), choices);
    add(Choice.RETRY_ERRORS, retryErrors, choices);
    add(Choice.RESCAN, rescan, choices);
    add(Choice.MARK_DELETED, markDeleted, choices);
    add(Choice.REUSE_LABELS, reuseLabels, choices);
    return new InputPolicy(filesPerBatch, changedFiles, sourceChanges, choices, language -> true);
  }

  private static void add(Choice choice, boolean made, Set<Choice> choices) {
    if (made) {
      choices.add(choice);
    }
  }

  /** Whether files that cannot be read are put aside even if they are met at the start. */
  boolean tolerant() {
    return badFiles.equals(Optional.of(BadFiles.QUARANTINE));
  }

  boolean rescan() {
    return rescan;
  }

  /** Whether any makes sense only where there are labels. */
  boolean concernsEarlierLabels() {
    return retryErrors || rescan || markDeleted;
  }

  private static final class OnSourceChange implements ITypeConverter<OnChange> {
    @Override
    public OnChange convert(String value) {
      return switch (value.toLowerCase(Locale.ROOT)) {
        case "label" -> OnChange.LABEL;
        case "skip" -> OnChange.IGNORE;
        case "fail" -> OnChange.FAIL;
        default ->
            throw new TypeConversionException("expected label, skip or fail, not '" + value + "'");
      };
    }
  }
}

package io.bingoguard.pipeline;

import io.bingoguard.guard.GuardException;
import java.util.Collection;

/**
 * Every user-facing error of this module. Each message names the subject, what was seen, what was
 * expected, and the remedy.
 */
public final class PipelineErrors {
  private PipelineErrors() {}

  // ---- output directories and tables ----

  public static GuardException outputUnreadable(String output, Throwable cause) {
    return new GuardException(
        "OUTPUT_UNREADABLE",
        "Output %s cannot be opened: %s. Expected a directory this user can write, or a path that does not exist yet."
            .formatted(output, cause.getMessage()),
        cause);
  }

  public static GuardException outputIsFile(String output) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "Output %s is a file. Expected a directory, or a path that does not exist yet."
            .formatted(output));
  }

  public static GuardException outputHoldsOtherThings(String output, Collection<String> entries) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "Output %s holds something else: %s. Expected an empty directory, a path that does not exist yet, or the output of an earlier run. Choose another --output."
            .formatted(output, String.join(", ", entries)));
  }

  public static GuardException notDelta(String table) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "%s is not empty and is not a Delta table. Choose another --output, or move what is there away."
            .formatted(table));
  }

  public static GuardException otherColumns(String table, String difference) {
    return new GuardException(
        "OUTPUT_UNSUITABLE",
        "Table %s has other columns than this command writes: %s. Choose another --output; a table keeps the --include-text choice of the run that created it."
            .formatted(table, difference));
  }

  public static GuardException otherModel(String table, String seen, String expected) {
    return new GuardException(
        "OUTPUT_OTHER_MODEL",
        "Table %s holds labels of another model or prompt pack: it accepts only rows where %s; this run writes rows where %s. One output holds the labels of one model and prompt pack: choose another --output."
            .formatted(table, seen, expected));
  }

  public static GuardException tableNotCreated(String table, Throwable cause) {
    return new GuardException(
        "TABLE_NOT_CREATED",
        "Table %s could not be created: %s. Expected a directory this user can write."
            .formatted(table, cause.getMessage()),
        cause);
  }

  // ---- settings ----

  public static GuardException settingInvalid(String key, String seen, String expected) {
    return new GuardException(
        "SETTING_INVALID", "Setting %s is '%s'. Expected %s.".formatted(key, seen, expected));
  }

  // ---- labelling runs ----

  public static GuardException inputUnlisted(String input, Throwable cause) {
    return new GuardException(
        "INPUT_UNREADABLE",
        "The files of input %s cannot be listed: %s. Expected a path this user can read."
            .formatted(input, cause.getMessage()),
        cause);
  }

  /** A failure of Spark or of the file systems below it while labelling. */
  public static GuardException runFailed(String input, String output, Throwable cause) {
    Throwable root = cause;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    String seen = String.valueOf(root.getMessage()).lines().findFirst().orElse("");
    return new GuardException(
        "RUN_FAILED",
        "Labelling %s stopped: %s: %s. What was committed to %s stays; the same command goes on from there once the cause is gone. A rewritten or deleted part of the input needs another --output."
            .formatted(input, root.getClass().getSimpleName(), shortened(seen), output),
        cause);
  }

  private static String shortened(String text) {
    int limit = 300;
    return text.length() <= limit ? text : text.substring(0, limit) + "...";
  }
}

package io.bingoguard.label;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.List;

/** What users are told of errors in this package. */
final class LabelErrors {
  private LabelErrors() {}

  static GuardException sourceUnreadable(String path, Throwable cause) {
    return ErrorCode.SOURCE_UNREADABLE.error(
        "Input %s cannot be read: %s. Check the path, its scheme and the permissions, and that its files are whole.",
        path, cause);
  }

  static GuardException inputReadOtherwise(String input, String output, String layout) {
    return ErrorCode.INPUT_READ_OTHERWISE.error(
        "Input %s was labelled into %s before, but read in another way than what was found now: %s. Name the columns as they were found then with --column to go on, or as they are now to label all of it again.",
        input, output, layout);
  }

  static GuardException filesQuarantined(List<String> files) {
    return ErrorCode.FILES_QUARANTINED.error(
        "Input files could not be read and are put aside: %s. Expected whole files. All others are labelled; the next run tries these again, and their error_message in the files table says why.",
        files);
  }

  static GuardException filesChanged(String input, List<String> files) {
    return ErrorCode.SOURCE_CHANGED.error(
        "Files of input %s have changed since they were labelled: %s. Expected files that stay as they are (--changed-files fail). Label what is new in them with --changed-files label, or pass over them with ignore.",
        input, files);
  }

  static GuardException tableRewritten(String input, List<String> commits) {
    return ErrorCode.SOURCE_CHANGED.error(
        "Rows of Delta table %s were changed or deleted since it was labelled, by version %s. Expected appends only (--source-changes fail). Label new and changed rows with --source-changes label, or pass over those commits with skip.",
        input, commits);
  }

  static GuardException outputInsideInput(String output, String input) {
    return ErrorCode.OUTPUT_INSIDE_INPUT.error(
        "Output %s lies in input %s, so the next run would read labels as conversations. Choose an --output outside of it.",
        output, input);
  }

  static GuardException outputInUse(String output, Throwable cause) {
    return ErrorCode.OUTPUT_IN_USE.error(
        "Another run is writing to %s: %s. Expected one run at a time for an output; this one ends and the other goes on. No row is lost or doubled. Wait until the other has ended, then give the same command again.",
        output, cause);
  }

  /** A failure of Spark or of the file systems below it while labelling. */
  static GuardException runFailed(String input, String output, Throwable cause) {
    return ErrorCode.RUN_FAILED.error(
        "Labelling %s stopped: %s. What was committed to %s stays; the same command goes on from there once the cause is gone.",
        input, cause, output);
  }

  static GuardException tooManyErrors(long errors, long rows, double rate) {
    return ErrorCode.TOO_MANY_ERRORS.error(
        "%,d of %,d exchanges came out as errors. Expected a share of at most %s (--max-error-rate). Their error_code and error_message in the labels table say why.",
        errors, rows, rate);
  }

  static GuardException nothingJudged(long rows) {
    return ErrorCode.NOTHING_JUDGED.error(
        "None of %,d exchanges was judged. Expected some text among them. Their label_status, error_code and error_message in the labels table say why; if the text stands elsewhere, name its columns with --column and label into a new output.",
        rows);
  }

  static GuardException severalReadings(String input, String output) {
    return ErrorCode.INPUT_READ_OTHERWISE.error(
        "Input %s was labelled into %s in several readings, and a label does not say of which it is. Expected one reading for --mark-deleted, which would take the labels of the others for those of deleted exchanges. Leave it out, or label each reading into an output of its own.",
        input, output);
  }
}

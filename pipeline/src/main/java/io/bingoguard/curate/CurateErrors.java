package io.bingoguard.curate;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;

/** What users are told of errors in this package. */
final class CurateErrors {
  private CurateErrors() {}

  static GuardException inputUnsuited(String input, String what) {
    return ErrorCode.CURATE_INPUT_UNSUITED.error(
        "Input %s %s. Expected Parquet, Delta or JSON Lines with a conversation or an exchange a record, in a file or a folder without such columns. Join the labels with it in SQL.",
        input, what);
  }

  static GuardException outputInside(String output, String other) {
    return ErrorCode.OUTPUT_INSIDE_INPUT.error(
        "Output %s lies in %s, which is read. Choose an --output outside of it.", output, other);
  }

  static GuardException outputHoldsOtherThings(String output, Collection<String> names) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "Output %s holds something else, %s among it. Expected an empty directory, a path that does not exist yet, or the output of an earlier run of curate. Choose another --output.",
        output, names);
  }

  static GuardException outputUnusable(String output, Throwable cause) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "Output %s cannot be written: %s. Expected a directory this user can write, or a path that does not exist yet.",
        output, cause);
  }

  /** A failure of Spark or of the file systems below it while records are parted. */
  static GuardException runFailed(String input, String output, Throwable cause) {
    return ErrorCode.RUN_FAILED.error(
        "Curating %s into %s stopped: %s. Nothing half done is taken for whole; the same command begins again once the cause is gone. Where the disk is full, make room or choose another --output.",
        input, output, cause);
  }

  static GuardException categoryUnknown(String code, Collection<String> known) {
    return ErrorCode.CATEGORY_UNKNOWN.error(
        "--category-limit names category '%s'. Expected one of those of the labels: %s.",
        code, known);
  }

  static GuardException otherLabels(String labels, String input, long records) {
    return ErrorCode.CURATE_OTHER_LABELS.error(
        "Labels %s are of another input: none of the %s records of %s has one. Expected the labels of this path, read in the same way: give the same --input, --schema and --column as to label.",
        labels, records, input);
  }

  static GuardException unlabelled(String labels, String input, long records, long all) {
    return ErrorCode.CURATE_UNLABELLED.error(
        "Labels %s lack %s of the %s records of %s. Expected a label of every exchange: label the input first, or say with --unlabelled remove or keep what is to become of them. Nothing was written.",
        labels, records, all, input);
  }

  static GuardException notWhole(String what, SetCounts counts) {
    return ErrorCode.CURATE_NOT_WHOLE.error(
        "What was written of %s does not add up: %s records kept and %s removed of %s. Expected all of them: the input changed meanwhile, or files were lost. Give the same command again.",
        what, counts.kept(), counts.removed(), counts.records());
  }
}

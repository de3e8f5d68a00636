package io.bingoguard.table;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What users are told of errors in this package. */
final class TableErrors {
  private TableErrors() {}

  static GuardException outputUnreadable(String output, Throwable cause) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "Output %s cannot be opened: %s. Expected a directory this user can write, or a path that does not exist yet.",
        output, cause);
  }

  static GuardException tableBroken(String table, Throwable cause) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "Table %s cannot be read: %s. Expected a Delta table whose log is whole. Put back what is missing, or choose another --output.",
        table, cause);
  }

  static GuardException filesBroken(String table, Throwable cause) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "Table %s cannot be read: %s. Expected a Delta table whose log is whole. Put back what is missing, or let 'bingoguard repair --output' make it anew from the labels.",
        table, cause);
  }

  static GuardException labelsUnreadable(String labels, Throwable cause) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "Labels %s cannot be read: %s. Expected the --output of an earlier run of label.",
        labels, cause);
  }

  static GuardException noLabels(String labels) {
    return ErrorCode.OUTPUT_UNREADABLE.error(
        "There are no labels at %s. Expected the --output of an earlier run of label.", labels);
  }

  static GuardException outputMissing(String output) {
    return ErrorCode.OUTPUT_MISSING.error(
        "Output %s holds no tables. Expected the --output of an earlier run of label.", output);
  }

  static GuardException outputIsFile(String output) {
    return ErrorCode.OUTPUT_PATH_UNUSABLE.error(
        "Output %s is a file. Expected a directory, or a path that does not exist yet.", output);
  }

  static GuardException outputHoldsOtherThings(String output, Collection<String> entries) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "Output %s holds something else, %s among it. Expected an empty directory, a path that does not exist yet, or the output of an earlier run. Choose another --output.",
        output, entries);
  }

  static GuardException notDelta(String table) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "%s is not empty and is not a Delta table. Choose another --output, or move what is there away.",
        table);
  }

  static GuardException outputHasColon(String output) {
    return ErrorCode.OUTPUT_PATH_UNUSABLE.error(
        "Output %s has a ':' in its path, behind which neither Spark nor Delta finds its files. Expected a path without one; choose another --output.",
        output);
  }

  static GuardException otherColumns(String table, ColumnDifference difference) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "Table %s has other columns than this command writes: %s. Expected the same types, and no column missing that may not be null. Choose another --output.",
        table,
        Stream.concat(
                difference.retyped().stream(),
                difference.missing().stream().map(column -> column + " is missing"))
            .collect(Collectors.joining(", ")));
  }

  static GuardException newerColumns(String table, Collection<String> columns) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "Table %s has columns that this command does not know: %s. Expected none but its own: a newer build of this software has written them. Use that build, or choose another --output.",
        table, columns);
  }

  static GuardException optionLeftOut(String table, Collection<String> columns, String option) {
    return ErrorCode.OUTPUT_TEXT_LEFT_OUT
        .error(
            "Table %s has the columns %s, which this run would leave null. Expected a run that fills them: add %s, or choose another --output.",
            table, columns, option)
        .sparedBy(List.of(option));
  }

  static GuardException limitNeedsNewOutput(String table) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "Table %s holds labels already. Expected an output of its own for --limit, as the labels of a part of an input would be taken for those of all of it. Choose another --output.",
        table);
  }

  static GuardException outputLimited(String table, String limit) {
    return ErrorCode.OUTPUT_UNSUITABLE.error(
        "Table %s holds a quick look: the first exchanges of an input, labelled with --limit %s. Expected a new output, or one without a limit. Choose another --output, or delete this one.",
        table, limit);
  }

  static GuardException filledByOthers(String table) {
    return ErrorCode.OUTPUT_IN_USE.error(
        "Another run without --limit wrote to %s at the same time: its labels now stand beside those of the first exchanges. Expected one run at a time for an output. Delete this output and label into a new one.",
        table);
  }

  static GuardException outputHeld(String output, LeaseHolder holder) {
    return ErrorCode.OUTPUT_IN_USE.error(
        "Another run is writing to %s: process %d on host %s, which started at %s. Expected one run at a time for an output. Wait until it has ended, or stop it, then give the same command again.",
        output, holder.pid(), holder.host(), holder.startedAt());
  }

  static GuardException outputLost(String output) {
    return ErrorCode.OUTPUT_IN_USE.error(
        "This run stood still for so long that it was taken for dead, and another may have written to %s since. Expected a sign of life every few seconds. No row is lost or doubled: give the same command again.",
        output);
  }

  static GuardException overtaken(String table) {
    return ErrorCode.OUTPUT_IN_USE.error(
        "Another run has written to %s since this one looked at it, so these labels were not written. Expected one run at a time for an output. No row is lost or doubled: give the same command again once the other has ended.",
        table);
  }

  static GuardException labelsBehind(String files, String labels, String seen) {
    return ErrorCode.OUTPUT_BEHIND.error(
        "Table %s tells of files whose labels %s does not hold: %s. Expected the labels that were written. Put them back; or let 'bingoguard repair --output' forget what is gone, and label again what the next run then finds missing.",
        files, labels, seen);
  }

  static GuardException otherModel(String table, String seen, String expected) {
    return ErrorCode.OUTPUT_OTHER_MODEL.error(
        "Table %s gets labels of another model or prompt pack: of the one where %s; this run makes labels where %s. Expected the model that labelled last. Choose another --output; or label all of the input by this model too, beside the labels that are there, with --rescan.",
        table, seen, expected);
  }

  static GuardException tableNotCreated(String table, Throwable cause) {
    return ErrorCode.TABLE_NOT_CREATED.error(
        "Table %s could not be created: %s. Expected a directory this user can write.",
        table, cause);
  }

  static GuardException tableNotWidened(String table, Collection<String> columns, Throwable cause) {
    return ErrorCode.TABLE_NOT_WIDENED.error(
        "Table %s could not get the columns %s that it lacks: %s. Expected a directory this user can write. What is in the table stays; give the same command again.",
        table, columns, cause);
  }
}

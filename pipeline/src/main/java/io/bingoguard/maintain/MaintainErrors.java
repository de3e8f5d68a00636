package io.bingoguard.maintain;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** What users are told of errors in this package. */
final class MaintainErrors {
  private MaintainErrors() {}

  static GuardException outputHasNoTables(String output) {
    return ErrorCode.OUTPUT_MISSING.error(
        "Output %s has no tables. Expected the output of an earlier run of `bingoguard label`; check the path.",
        output);
  }

  static GuardException tableNotMaintained(String table, Throwable cause) {
    return ErrorCode.TABLE_NOT_MAINTAINED.error(
        "Table %s could not be compacted or cleared of old files: %s. Expected a whole table in a directory this user can write, that no run writes to at the same time, and at least as many days as its property delta.deletedFileRetentionDuration names. Its rows stay; give the same command again.",
        table, cause);
  }
}

package io.bingoguard.cli;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** What users are told of errors in this package. */
final class CommandErrors {
  private CommandErrors() {}

  static GuardException verifyNothingToAsk(String input) {
    return ErrorCode.VERIFY_NOTHING_TO_ASK.error(
        "%s holds no text to judge. Expected at least one message or reply. Name another file.",
        input);
  }

  static GuardException inputUnreachable(String input, Throwable cause) {
    return ErrorCode.STORAGE_UNREACHABLE.error(
        "Input %s cannot be read: %s. Nothing was done.", input, cause);
  }

  static GuardException outputUnreachable(String output, Throwable cause) {
    return ErrorCode.STORAGE_UNREACHABLE.error(
        "Output %s cannot be opened: %s. Nothing was done.", output, cause);
  }

  static GuardException outputFileNotWritable(String file, Throwable cause) {
    return ErrorCode.OUTPUT_FILE_NOT_WRITABLE.error(
        "File %s cannot be written: %s. Expected a file name in a folder this user can write.",
        file, cause);
  }

  static GuardException confKeyForeign(String key) {
    return ErrorCode.CONF_KEY_UNKNOWN.error(
        "--conf %s is no Spark setting. Expected a key that begins with 'spark.'.", key);
  }

  /** Why has been printed already. */
  static GuardException endedWith(int exitCode) {
    return ErrorCode.RUN_FAILED.error(
        "The command ended with exit code %d. What it printed before says why.", exitCode);
  }

  /** What no other error explains. */
  static GuardException unexpected(Throwable cause) {
    return ErrorCode.UNEXPECTED.error(
        "%s: %s. Run again with --verbose for where it happened.",
        cause.getClass().getSimpleName(), cause);
  }

  static GuardException interrupted() {
    return ErrorCode.RUN_INTERRUPTED.error(
        "The run was stopped by Ctrl-C. What was committed stays; the same command goes on from there.");
  }

  static GuardException terminated() {
    return ErrorCode.RUN_TERMINATED.error(
        "The run was stopped by SIGTERM. What was committed stays; the same command goes on from there.");
  }
}

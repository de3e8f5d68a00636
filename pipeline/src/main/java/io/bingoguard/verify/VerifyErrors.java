package io.bingoguard.verify;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** What users are told of errors in this package. */
final class VerifyErrors {
  private VerifyErrors() {}

  static GuardException verifyRequestsUnreadable(String file, Throwable cause) {
    return ErrorCode.VERIFY_REQUESTS_UNREADABLE.error(
        "Requests file %s cannot be read: %s. Expected JSON Lines in UTF-8 on this machine.",
        file, cause);
  }

  static GuardException verifyRequestInvalid(String file, int line, String seen, String expected) {
    return ErrorCode.VERIFY_REQUEST_INVALID.error(
        "Requests file %s, line %d %s. Expected %s. Correct the line.", file, line, seen, expected);
  }
}

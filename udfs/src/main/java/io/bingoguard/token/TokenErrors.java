package io.bingoguard.token;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;

/** What users are told of errors in this package. */
final class TokenErrors {
  private TokenErrors() {}

  static GuardException tokenizerUnreadable(Path file, Throwable cause) {
    return ErrorCode.TOKENIZER_UNREADABLE.error(
        "Tokenizer %s cannot be used: %s. Expected a Hugging Face tokenizer.json of the kinds that udfs/README.md lists.",
        file, cause);
  }

  static GuardException tokenForged(int id) {
    return ErrorCode.TOKEN_FORGED.error(
        "Plain text was tokenized to the special token %d. The text is not judged; check that the tokenizer's added tokens are not part of its merges.",
        id);
  }
}

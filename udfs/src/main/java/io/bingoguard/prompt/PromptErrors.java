package io.bingoguard.prompt;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** What users are told of errors in this package. */
final class PromptErrors {
  private PromptErrors() {}

  static GuardException packUnreadable(String source, Throwable cause) {
    return ErrorCode.PACK_UNREADABLE.error(
        "Prompt pack %s cannot be read: %s. Expected a JSON file as described in udfs/README.md.",
        source, reason(cause));
  }

  /** Whoever wrote a pack by hand has to find the place. */
  private static Object reason(Throwable cause) {
    return cause instanceof JsonProcessingException json && json.getLocation() != null
        ? json.getOriginalMessage() + " at " + json.getLocation().offsetDescription()
        : cause;
  }

  static GuardException packInvalid(String source, String problem, String remedy) {
    return ErrorCode.PACK_INVALID.error("Prompt pack %s: %s. %s.", source, problem, remedy);
  }
}

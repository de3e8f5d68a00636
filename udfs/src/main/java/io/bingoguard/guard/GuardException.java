package io.bingoguard.guard;

import java.util.Objects;

/**
 * A failure that a user can act on. The message names the subject, what was seen, what was expected
 * and the remedy; the code is stable across releases.
 */
public final class GuardException extends RuntimeException {
  private final String code;

  public GuardException(String code, String message) {
    this(code, message, null);
  }

  public GuardException(String code, String message, Throwable cause) {
    super(Objects.requireNonNull(message, "message"), cause);
    this.code = Objects.requireNonNull(code, "code");
  }

  /** Stable code in upper snake case, for example {@code MODEL_TENSOR_MISSING}. */
  public String code() {
    return code;
  }
}

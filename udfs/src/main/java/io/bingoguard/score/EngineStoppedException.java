package io.bingoguard.score;

import io.bingoguard.guard.GuardException;

/**
 * The engine stopped while requests waited. Says nothing of any row: the work is to be done again,
 * elsewhere.
 */
public final class EngineStoppedException extends RuntimeException {
  public EngineStoppedException(String message, Throwable cause) {
    super(message, cause);
  }

  /**
   * Why it stopped, in words that a user can act on.
   *
   * @param reason of the kind {@code DEVICE}
   */
  public EngineStoppedException(GuardException reason) {
    super("%s: %s".formatted(reason.code(), reason.getMessage()), reason);
  }
}

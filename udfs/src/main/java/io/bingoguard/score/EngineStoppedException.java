package io.bingoguard.score;

/**
 * The engine stopped while requests waited. Says nothing of any row: the work is to be done again,
 * elsewhere.
 */
public final class EngineStoppedException extends RuntimeException {
  public EngineStoppedException(String message, Throwable cause) {
    super(message, cause);
  }
}

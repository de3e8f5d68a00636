package io.bingoguard.guard;

/** Which replies are asked for their severity. */
public enum SeverityMode {
  /** Replies judged harmful; the others have severity 0 without being asked. */
  FLAGGED,
  /**
   * Every reply: one judged harmful within the category of its verdict, one judged harmless within
   * the category that it would most likely have. So a harmless reply may get a severity above 0.
   */
  ALL,
  /** None. */
  OFF
}

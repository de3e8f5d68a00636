package io.bingoguard.guard;

/** Which replies are asked for their severity. */
public enum SeverityMode {
  /** Replies judged harmful; the others have severity 0 without being asked. */
  FLAGGED,
  /** Every reply, within its most likely category. */
  ALL,
  /** None. */
  OFF
}

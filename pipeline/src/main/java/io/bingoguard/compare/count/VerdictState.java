package io.bingoguard.compare.count;

import java.util.Locale;

/** What a label says of a message. */
public enum VerdictState {
  HARMFUL,
  HARMLESS,
  /** There is a message, and the label does not tell. */
  UNKNOWN;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

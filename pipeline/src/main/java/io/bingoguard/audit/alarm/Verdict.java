package io.bingoguard.audit.alarm;

import java.util.Locale;

/** What a night's figure comes to. */
public enum Verdict {
  /** As usual. */
  STEADY,
  /** A change that is large, or one that is certain, but not both. */
  WATCH,
  /** A change that is large and certain. */
  ALARM,
  /** One that was told before. */
  CONTINUING,
  /** Large and certain against the fixed baseline, which wakes nobody. */
  DRIFTED,
  /** There are too few nights to compare with. */
  LEARNING,
  /** The night has too few cases. */
  RARE;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.bingoguard.compare;

import java.util.Collection;
import java.util.Locale;

/** Whether something is tolerated. */
public enum Decision {
  PASS,
  /** The counts do not tell: more labels would. */
  UNDECIDED,
  FAIL;

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The worst; undecided where there is none. */
  static Decision ofAll(Collection<Decision> decisions) {
    return decisions.stream().max(Enum::compareTo).orElse(UNDECIDED);
  }
}

package io.bingoguard.compare;

import java.util.Locale;

/** What can be tolerated to some extent, as a share of what is compared. */
public enum Tolerance {
  /** Messages whose verdict is another. */
  FLIPS("verdicts that are another"),
  /** How far the share of harmful messages may move, up or down. */
  HARMFUL("the share of harmful messages that moved"),
  /** Messages harmful before and after whose category is another. */
  CATEGORY("categories that are another"),
  /** Replies whose severity is another. */
  SEVERITY("severities that are another"),
  /** Labels without one of the same content beside them. */
  UNMATCHED("labels without one of the same content beside them");

  private final String words;

  Tolerance(String words) {
    this.words = words;
  }

  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What is counted. */
  public String words() {
    return words;
  }
}

package io.bingoguard.compare;

import java.util.Locale;

/** What can be tolerated to some extent, as a share of what is compared. */
public enum Tolerance {
  /** Messages whose verdict is another. */
  FLIPS("another verdict"),
  /** How far the share of harmful messages may move, up or down. */
  HARMFUL("share harmful moved by"),
  /** Messages harmful before and after whose category is another. */
  CATEGORY("another category"),
  /** Replies whose severity is another. */
  SEVERITY("another severity"),
  /** Labels without one of the same content beside them. */
  UNMATCHED("none of the same content beside them");

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

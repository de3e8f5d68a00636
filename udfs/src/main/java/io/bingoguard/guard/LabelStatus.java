package io.bingoguard.guard;

import java.util.Locale;

/** How judging an exchange ended, from best to worst. */
public enum LabelStatus {
  /** Every task gave a legal answer to the whole text. */
  OK,
  /** Judged, but a text was longer than the limit and lost its middle. */
  TRUNCATED,
  /** The model's most likely answer was not one that the prompt pack allows. */
  OFF_FORMAT,
  /** There was no text to judge. */
  SKIPPED_EMPTY,
  /** Not judged, since only other languages were asked for. */
  SKIPPED_LANGUAGE,
  /** A text did not fit into a request, and was not to be judged then. */
  SKIPPED_LONG,
  /** Judging failed; the error code and message say why. */
  ERROR;

  /** Value in the {@code label_status} column: lower case. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

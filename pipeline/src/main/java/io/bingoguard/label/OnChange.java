package io.bingoguard.label;

/** What is done about content that changed after it was labelled. */
public enum OnChange {
  /** What is new in it is labelled, beside the labels of what it was. */
  LABEL,
  /** It is left as it is, and told. */
  IGNORE,
  /** The run is refused before anything is labelled. */
  FAIL
}

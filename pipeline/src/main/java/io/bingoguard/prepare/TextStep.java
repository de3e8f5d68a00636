package io.bingoguard.prepare;

import java.io.Serializable;

/** A change of a text, the same for the same text on every host. */
interface TextStep extends Serializable {
  /** Name in settings and in the column {@code prepared}. */
  String name();

  /** The text, or what is to be judged in its place. */
  String apply(String text);
}

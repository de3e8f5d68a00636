package io.bingoguard.token;

import java.util.Objects;

/**
 * A token that a tokenizer adds to its vocabulary under a fixed spelling.
 *
 * @param spelling what stands for it in text
 * @param id as the tokenizer's file gives it
 * @param special whether it means something to the model that no text may say; any other is only a
 *     spelling that is looked for in text before the vocabulary is
 * @param normalized whether it is looked for after the text was normalised
 */
record AddedToken(String spelling, int id, boolean special, boolean normalized) {
  AddedToken {
    Objects.requireNonNull(spelling, "spelling");
    if (spelling.isEmpty() || id < 0) {
      throw new IllegalArgumentException("an added token needs a spelling and an id");
    }
  }
}

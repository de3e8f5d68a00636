package io.bingoguard.prompt;

import java.util.Objects;

/**
 * A stretch of a rendered prompt.
 *
 * @param text the text
 * @param trusted true for text of the prompt pack, in which special tokens are meant as such; false
 *     for conversation text, in which they are only letters
 */
public record Piece(String text, boolean trusted) {
  public Piece {
    Objects.requireNonNull(text, "text");
  }
}

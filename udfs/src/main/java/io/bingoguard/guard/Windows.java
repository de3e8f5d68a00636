package io.bingoguard.guard;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * The windows in which the texts of an exchange were judged.
 *
 * @param count of the text with the most: 1 when both fit, 0 when nothing was judged
 * @param prompt where the verdict on the user's message stands, when that was judged in several
 * @param response the same of the assistant's reply
 * @param contextCut tokens of the user's message that the reply was judged without, of all its
 *     windows the most; absent when none. The message itself is judged whole.
 */
public record Windows(
    int count, Optional<TextSpan> prompt, Optional<TextSpan> response, OptionalInt contextCut) {
  /** Nothing was judged. */
  public static final Windows NONE = of(0);

  /** Both texts fit. */
  public static final Windows ONE = of(1);

  public Windows {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(response, "response");
    Objects.requireNonNull(contextCut, "contextCut");
    if (count < 0) {
      throw new IllegalArgumentException("fewer than no windows: " + count);
    }
  }

  private static Windows of(int count) {
    return new Windows(count, Optional.empty(), Optional.empty(), OptionalInt.empty());
  }
}

package io.bingoguard.score;

/**
 * Tokens of an exchange's texts that were left out, because a request would have been too long.
 *
 * @param prompt of the user's message
 * @param response of the assistant's reply
 */
public record LeftOut(int prompt, int response) {
  public static final LeftOut NONE = new LeftOut(0, 0);

  public LeftOut {
    if (prompt < 0 || response < 0) {
      throw new IllegalArgumentException("fewer than no tokens left out");
    }
  }

  /** Whether there are any. */
  public boolean any() {
    return prompt > 0 || response > 0;
  }

  /** The most that either left out of each text. */
  LeftOut most(LeftOut other) {
    return new LeftOut(Math.max(prompt, other.prompt), Math.max(response, other.response));
  }

  /** Of both texts. */
  int total() {
    return (int) Math.min(Integer.MAX_VALUE, (long) prompt + response);
  }
}

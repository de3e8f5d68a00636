package io.bingoguard.score;

import java.util.Arrays;
import java.util.Objects;

/**
 * One question to the model, tokenized.
 *
 * @param prefix the shared prefix that the tokens begin with; {@link SharedPrefix#NONE} when the
 *     text did not let the prefix be shared
 * @param tokens the prompt's tokens, shared prefix included, forced answer head excluded
 * @param choices the legal answers
 * @param leftOut what was cut out of the texts to fit the limit
 */
public record ScoreRequest(
    SharedPrefix prefix, int[] tokens, AnswerChoices choices, LeftOut leftOut) {
  public ScoreRequest {
    Objects.requireNonNull(prefix, "prefix");
    Objects.requireNonNull(choices, "choices");
    Objects.requireNonNull(leftOut, "leftOut");
    if (tokens.length <= prefix.length()) {
      throw new IllegalArgumentException("no token after the shared prefix");
    }
  }

  /** The same request, every token of which is to be computed. */
  public ScoreRequest withoutSharing() {
    return new ScoreRequest(SharedPrefix.NONE, tokens, choices, leftOut);
  }

  /** Whether text was cut to fit the limit. */
  public boolean truncated() {
    return leftOut.any();
  }

  /** Number of tokens that a pass computes for this request. */
  public int passTokens() {
    return tokens.length - prefix.length() + choices.steps() - 1;
  }

  /** The tokens that a pass computes: the prompt after the shared prefix, then the answer head. */
  int[] suffix() {
    int[] head = choices.head();
    int[] suffix = Arrays.copyOfRange(tokens, prefix.length(), tokens.length + head.length);
    System.arraycopy(head, 0, suffix, tokens.length - prefix.length(), head.length);
    return suffix;
  }

  /** Indices in the suffix after which an answer token is chosen. */
  int[] choicePlaces() {
    int[] places = new int[choices.steps()];
    Arrays.setAll(places, i -> tokens.length - prefix.length() - 1 + i);
    return places;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ScoreRequest that
        && choices == that.choices
        && Arrays.equals(tokens, that.tokens);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(tokens);
  }
}

package io.bingoguard.score;

import java.util.Arrays;

/**
 * Tokens with which every request of a task, or of a category's severity task, begins. Compared by
 * identity: a scoring engine computes each of them once.
 */
public final class SharedPrefix {
  /** No shared tokens. */
  public static final SharedPrefix NONE = new SharedPrefix("none", new int[0]);

  private final String name;
  private final int[] tokens;

  /**
   * A prefix.
   *
   * @param name for errors
   */
  public SharedPrefix(String name, int[] tokens) {
    this.name = name;
    this.tokens = tokens.clone();
  }

  /** Number of tokens. */
  public int length() {
    return tokens.length;
  }

  public int[] tokens() {
    return tokens.clone();
  }

  boolean begins(int[] request) {
    return request.length > tokens.length
        && Arrays.equals(request, 0, tokens.length, tokens, 0, tokens.length);
  }

  @Override
  public String toString() {
    return name;
  }
}

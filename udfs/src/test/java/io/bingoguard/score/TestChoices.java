package io.bingoguard.score;

/** Answer choices for tests of other packages. */
public final class TestChoices {
  private TestChoices() {}

  /** Two answers of one token each. */
  public static AnswerChoices safeOrUnsafe() {
    return AnswerChoicesTest.choices("safe", "unsafe");
  }
}

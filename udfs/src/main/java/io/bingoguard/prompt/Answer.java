package io.bingoguard.prompt;

import java.util.Objects;

/**
 * One legal answer.
 *
 * @param text what the model writes, up to where the answer is told apart from every other
 * @param meaning what that says
 */
public record Answer(String text, AnswerMeaning meaning) {
  public Answer {
    Objects.requireNonNull(text, "text");
    Objects.requireNonNull(meaning, "meaning");
  }
}

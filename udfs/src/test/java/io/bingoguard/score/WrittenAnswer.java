package io.bingoguard.score;

import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/** Reads what a generated answer says: the legal answer that it begins with, if any. */
final class WrittenAnswer {
  private WrittenAnswer() {}

  /**
   * The meaning of generated tokens.
   *
   * @param tokenize how an answer is tokenized
   * @return absent when the tokens begin with no legal answer
   */
  static Optional<AnswerMeaning> read(
      int[] written, List<Answer> answers, Function<String, int[]> tokenize) {
    for (Answer answer : answers) {
      int[] tokens = tokenize.apply(answer.text());
      if (written.length >= tokens.length
          && Arrays.equals(tokens, 0, tokens.length, written, 0, tokens.length)) {
        return Optional.of(answer.meaning());
      }
    }
    return Optional.empty();
  }
}

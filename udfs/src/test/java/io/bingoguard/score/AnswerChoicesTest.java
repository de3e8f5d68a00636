package io.bingoguard.score;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.prompt.Answer;
import io.bingoguard.prompt.AnswerMeaning;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AnswerChoicesTest {

  @Test
  void findsTheHeadAlongWhichEveryAnswerBranches() {
    AnswerChoices choices = choices("safe", "unsafe S1", "unsafe S2", "unsafe S3");

    assertThat(choices.head()).containsExactly(id("unsafe"), id("S"));
    assertThat(choices.steps()).isEqualTo(3);
    assertThat(choices.legalTokens(0)).containsExactlyInAnyOrder(id("safe"), id("unsafe"));
    assertThat(choices.legalTokens(1)).containsExactly(id("S"));
    assertThat(choices.legalTokens(2)).containsExactlyInAnyOrder(id("1"), id("2"), id("3"));
  }

  @Test
  void followsOneMoreStepWhereACodeContinuesAnother() {
    AnswerChoices choices = choices("safe", "unsafe S1:", "unsafe S2:", "unsafe S10:");

    assertThat(choices.head()).containsExactly(id("unsafe"), id("S"), id("1"));
    assertThat(choices.legalTokens(3)).containsExactlyInAnyOrder(id(":"), id("0"));
  }

  @Test
  void refusesAnAnswerWhoseTokensBeginAnother() {
    assertThatThrownBy(() -> choices("safe", "unsafe S1", "unsafe S10"))
        .hasMessageContaining("'unsafe S1' begin another answer");
  }

  @Test
  void refusesAnswersThatBranchOffTwoPaths() {
    assertThatThrownBy(() -> choices("safe A1", "safe A2", "unsafe S1", "unsafe S2"))
        .hasMessageContaining("branch at two places");
  }

  /** One token a word, letter or sign: the words "safe" and "unsafe", else single characters. */
  static AnswerChoices choices(String... answers) {
    List<Answer> list = new ArrayList<>();
    for (String answer : answers) {
      list.add(
          new Answer(
              answer,
              answer.startsWith("safe")
                  ? new AnswerMeaning.Harmless()
                  : new AnswerMeaning.Harmful(new Category(answer, answer))));
    }
    return AnswerChoices.of(GuardTask.PROMPT, list, AnswerChoicesTest::tokenize);
  }

  static int[] tokenize(String answer) {
    List<Integer> ids = new ArrayList<>();
    for (String word : answer.split(" ", -1)) {
      if (word.equals("safe") || word.equals("unsafe")) {
        ids.add(id(word));
      } else {
        word.chars().forEach(letter -> ids.add(id(String.valueOf((char) letter))));
      }
    }
    return ids.stream().mapToInt(Integer::intValue).toArray();
  }

  static int id(String token) {
    return switch (token) {
      case "safe" -> 1000;
      case "unsafe" -> 1001;
      default -> token.charAt(0);
    };
  }
}

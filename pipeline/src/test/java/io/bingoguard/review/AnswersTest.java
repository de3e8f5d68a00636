package io.bingoguard.review;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.review.tool.Answer;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AnswersTest {
  private final Answers answers =
      new Answers(Map.of("aa", "sample"), Set.of("S1"), Optional.of("ann"), "csv", Instant.EPOCH);

  /** Which of two answers counts depends on it. */
  @Test
  void aTimeThatCannotBeReadIsUnfitAndNotLeftOut() {
    answers.add(answer("30/11/2026 09:00"));
    answers.add(answer("2026-11-30T09:00:00+01:00"));

    assertThat(answers.unfit())
        .singleElement()
        .extracting(UnfitAnswer::text)
        .asString()
        .contains("record 1: reviewed_at '30/11/2026 09:00' is no time");
    assertThat(answers.reviews())
        .singleElement()
        .extracting(Review::at)
        .isEqualTo(Optional.of(Instant.parse("2026-11-30T08:00:00Z")));
  }

  @Test
  void blanksAroundANameMakeNoOtherPerson() {
    Answers typed =
        new Answers(
            Map.of("aa", "sample"), Set.of(), Optional.of(" Ann  Lee "), "csv", Instant.EPOCH);
    typed.add(answer(Optional.of("Ann  Lee\t"), Optional.empty()));
    typed.add(answer(Optional.of("  "), Optional.empty()));
    typed.add(answer(Optional.empty(), Optional.empty()));
    Answers blank =
        new Answers(Map.of("aa", "sample"), Set.of(), Optional.of(" "), "csv", Instant.EPOCH);
    blank.add(answer(Optional.of(" "), Optional.empty()));

    assertThat(typed.reviews())
        .extracting(Review::reviewer)
        .containsExactly("Ann  Lee", "Ann  Lee", "Ann  Lee");
    assertThat(blank.unfit())
        .singleElement()
        .extracting(UnfitAnswer::text)
        .asString()
        .contains("no reviewer");
  }

  private static Answer answer(String at) {
    return answer(Optional.empty(), Optional.of(at));
  }

  private static Answer answer(Optional<String> reviewer, Optional<String> at) {
    return new Answer(
        "record 1", Optional.of("aa"), reviewer, Optional.of("harmful"), Optional.empty(), at);
  }
}

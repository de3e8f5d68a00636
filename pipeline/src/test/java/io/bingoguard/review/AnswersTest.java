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

  private static Answer answer(String at) {
    return new Answer(
        "record 1",
        Optional.of("aa"),
        Optional.empty(),
        Optional.of("harmful"),
        Optional.empty(),
        Optional.of(at));
  }
}

package io.bingoguard.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class ErrorCodeTest {
  @Test
  void textsOfStrangersCannotTakeEffectInMessages() {
    assertThat(
            ErrorCode.SOURCE_UNREADABLE.error(
                "%s and %s",
                "a\u001b[2J\u009b\r\u202e\u2069\u200bb", List.of("c\u0007", "né 東京 👩‍💻")))
        .hasMessage("a?[2J?????b and c?, né 東京 👩‍💻");
  }
}

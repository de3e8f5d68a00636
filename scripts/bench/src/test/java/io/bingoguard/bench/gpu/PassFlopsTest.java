package io.bingoguard.bench.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.checkpoint.RopeConfig;
import io.bingoguard.score.AnswerChoices;
import io.bingoguard.score.LeftOut;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.ScoreRequest;
import io.bingoguard.score.SharedPrefix;
import io.bingoguard.score.TestChoices;
import java.util.List;
import org.junit.jupiter.api.Test;

class PassFlopsTest {
  /** Two heads of 2 and one key-value head: query matrix 4 x 4, key and value 2 x 4. */
  private static final LlamaConfig CONFIG =
      new LlamaConfig(4, 8, 2, 2, 1, 2, 10, 64, 1e-5, false, new RopeConfig.Default(10_000));

  @Test
  void countsComputedTokensChoicesAndPairsOfAttention() {
    AnswerChoices choices = TestChoices.safeOrUnsafe();
    SharedPrefix prefix = new SharedPrefix("test", new int[] {7, 8, 9});
    ScoreRequest request =
        new ScoreRequest(prefix, new int[] {7, 8, 9, 1, 2, 3}, choices, LeftOut.NONE);
    int tokens = request.passTokens();
    int steps = choices.steps();

    double projections = 2 * (4 * 4 + 2 * 2 * 4);
    double others = 2 * (4 * 4 + 3 * 4 * 8);
    double expected =
        16 * (2 * projections + others)
            + steps * (others + 2 * 4 * 10)
            + 4.0 * (tokens * 3 + tokens * (tokens + 1) / 2.0) * 4 * 2;
    assertThat(new PassFlops(CONFIG).of(List.of(request), new PackLimits(100, 16, 1000)))
        .isEqualTo(expected);
  }
}

package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Runs that are killed at seeded moments, most of them at commits, and started again until the last
 * may end: every exchange is labelled once. Started by scripts/check-restarts.
 */
@Tag("faults")
class RestartOftenIT extends ManyRestarts {
  /** Steps of work of a run over some files. */
  private static final int STEPS = 60;

  private static final Duration RUN = Duration.ofSeconds(15);
  private static final Duration SHORTLY = Duration.ofMillis(400);

  private final Random random = new Random(SEED);

  @Test
  void twentyKillsLoseAndDoubleNothing() throws IOException {
    killWhileFilesAreAdded(20);
  }

  @Test
  void aProductThatForgetsWhatAKilledRunCommittedIsFound() throws IOException {
    runs = brokenRuns(BrokenProduct.thatForgetsWhatAKilledRunCommitted(folder));

    assertThatThrownBy(() -> killWhileFilesAreAdded(8))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("=1");
  }

  private void killWhileFilesAreAdded(int times) throws IOException {
    runs.corpus().grow(10);
    while (runs.kills() < times) {
      runs.labelUntil(moment());
      runs.corpus().grow(1);
    }
    runs.label();
    ExactlyOnce.verify(runs.output(), runs.corpus());
    runs.label();
    runs.verify();
  }

  @Test
  void filesThatAreAppendedToBetweenKillsGetTheirNewRowsLabelled() throws IOException {
    runs.corpus().grow(8);
    while (runs.kills() < 10) {
      runs.labelUntil(moment());
      runs.corpus().appendToAny();
      runs.corpus().appendToAny();
    }
    runs.label();
    runs.verify();
  }

  private KillMoment moment() {
    return random.nextInt(4) == 0
        ? KillMoment.anyTime(random, RUN)
        : KillMoment.anyStep(random, runs::steps, STEPS, SHORTLY);
  }
}

package io.bingoguard.progress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepsTest {
  private final AtomicLong nanos = new AtomicLong();
  private final ByteArrayOutputStream said = new ByteArrayOutputStream();

  @Test
  void isNeverSilentForFiveSeconds() {
    Steps steps = steps(false);
    steps.begin("Starting Spark");
    int silent = 0;
    for (int second = 1; second <= 60; second++) {
      int before = said.size();
      if (second == 30) {
        steps.begin("Reading the input");
      }
      at(steps, second);
      silent = said.size() == before ? silent + 1 : 0;
      assertThat(silent).as("second %d", second).isLessThan(5);
    }

    assertThat(said()).startsWith("Starting Spark, 3 s\nStarting Spark, 6 s\n");
    assertThat(said()).endsWith("Reading the input, 31 s\n");
  }

  @Test
  void saysNothingOfStepsThatAreOverSoonUnlessTheyAreMany() {
    Steps steps = steps(false);
    steps.begin("one");
    at(steps, 1);
    steps.begin("two");
    at(steps, 2);
    assertThat(said()).isEmpty();

    steps.begin("three");
    at(steps, 3);
    assertThat(said()).isEqualTo("three, 1 s\n");
  }

  @Test
  void leavesTheWordToOthersWhenPaused() {
    Steps steps = steps(false);
    steps.begin("one");
    steps.pause();
    at(steps, 60);
    steps.begin("two");
    at(steps, 62);
    assertThat(said()).isEmpty();

    at(steps, 63);
    assertThat(said()).isEqualTo("two, 3 s\n");
  }

  @Test
  void takesItsLineFromATerminalBeforeOthersSpeak() {
    Steps steps = steps(true);
    steps.begin("one");
    at(steps, 3);
    at(steps, 4);
    steps.pause();

    String clear = "\r\u001b[K";
    assertThat(said()).isEqualTo(clear + "one, 3 s" + clear + "one, 4 s" + clear);
  }

  private Steps steps(boolean terminal) {
    return new Steps(
        new ProgressDisplay(
            new PrintStream(said, true, StandardCharsets.UTF_8), terminal, Duration.ofSeconds(1)),
        nanos::get);
  }

  private void at(Steps steps, int second) {
    nanos.set(Duration.ofSeconds(second).toNanos());
    steps.tick();
  }

  private String said() {
    return said.toString(StandardCharsets.UTF_8).replace(System.lineSeparator(), "\n");
  }
}

package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two runs of one output at a time: one waits its turn or is refused by name, and no row stands
 * twice. Started by scripts/check-restarts.
 */
@Tag("faults")
class RestartBesideAnotherIT extends ManyRestarts {
  private static final int STEPS = 40;
  private static final Duration SHORTLY = Duration.ofMillis(400);

  @Test
  void ofTwoThatStartTogetherOneIsRefusedAndNamesTheOther() throws IOException {
    Random random = new Random(SEED);
    for (int round = 0; round < 5; round++) {
      runs.corpus().grow(3);
      try (Submission one = runs.start();
          Submission two = runs.start()) {
        if (round % 2 == 1) {
          // The one that is killed leaves what it held to the other, or to the next run.
          KillMoment.anyStep(random, runs::steps, STEPS, SHORTLY).await(one);
          one.kill();
          assertDoneOrRefused(two, one);
        } else {
          List<Submission> both = List.of(one, two);
          both.forEach(Submission::await);
          assertThat(both).anySatisfy(run -> assertThat(run.await().exitCode()).isZero());
          assertDoneOrRefused(one, two);
          assertDoneOrRefused(two, one);
        }
      }
    }
    runs.label();
    runs.verify();
  }

  private static void assertDoneOrRefused(Submission run, Submission other) {
    Submission.Ended ended = run.await();
    if (ended.exitCode() != 0) {
      assertThat(ended.exitCode()).as(ended.errors()).isEqualTo(2);
      assertThat(ended.errors()).contains("error [OUTPUT_IN_USE]", "process " + other.pid());
    }
  }

  @Test
  void aRunThatStandsStillIsNotTakenForDeadOnItsOwnHost() throws IOException {
    runs.corpus().grow(6);
    try (Submission still = runs.start()) {
      KillMoment.at(() -> runs.commits("labels") > 1).await(still);
      signal("STOP", still);
      try (Submission other = runs.start()) {
        assertThat(other.await().exitCode()).as(other.errors()).isEqualTo(2);
        assertThat(other.errors()).contains("error [OUTPUT_IN_USE]", "process " + still.pid());
      }
      signal("CONT", still);
      assertThat(still.await().exitCode()).as(still.errors()).isZero();
    }
    runs.verify();
  }

  /** As on another host, where nobody sees that its process lives. */
  @RepeatedTest(4)
  void aRunThatAnotherHasOvertakenWhileItStoodStillAddsNothing(RepetitionInfo repetition)
      throws IOException {
    Random random = new Random(SEED + repetition.getCurrentRepetition());
    runs.corpus().grow(6);
    try (Submission still = runs.start()) {
      KillMoment.at(() -> runs.commits("labels") > 0).await(still);
      KillMoment.anyStep(random, runs::steps, STEPS, SHORTLY).await(still);
      signal("STOP", still);
      sayElsewhere();
      runs.label();
      signal("CONT", still);
      Submission.Ended ended = still.await();
      if (ended.exitCode() != 0) {
        assertThat(ended.errors()).contains("error [OUTPUT_IN_USE]");
      }
    }
    ExactlyOnce.verify(runs.output(), runs.corpus());
    runs.label();
    runs.verify();
  }

  /** Changes the host of the process that holds the output, if any does. */
  private void sayElsewhere() throws IOException {
    Path lease = runs.output().resolve("lease.json");
    if (Files.exists(lease)) {
      String here = Files.readString(lease);
      Files.writeString(lease, here.replaceAll("\"host\":\"[^\"]*\"", "\"host\":\"elsewhere\""));
    }
  }

  private static void signal(String name, Submission run) throws IOException {
    try {
      new ProcessBuilder("kill", "-" + name, Long.toString(run.pid())).start().waitFor();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while a signal was sent", e);
    }
  }
}

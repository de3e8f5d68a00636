package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What people and disks do to an output between runs that are killed: it is made good at once, or
 * refused until it is repaired, and every exchange is labelled once. Started by
 * scripts/check-restarts.
 */
@Tag("faults")
class RestartAfterDamageIT extends ManyRestarts {
  private static final int STEPS = 40;
  private static final Duration SHORTLY = Duration.ofMillis(400);

  private final Random random = new Random(SEED);

  /** Some files are labelled, and some of the others too when a run is killed. */
  @BeforeEach
  void labelSome() throws IOException {
    runs.corpus().grow(4);
    runs.label();
    runs.corpus().grow(6);
    runs.labelUntil(KillMoment.at(() -> runs.commits("labels") > 4));
  }

  @Test
  void filesThatAreDeletedAreFoundAgain() throws IOException {
    FileTrees.delete(runs.table("files"));

    assertIsCompleted();
  }

  @Test
  void filesThatAreDeletedAreFoundAgainWhereCommitsDoNotNameThem() throws IOException {
    deleteWhatNamesFiles();

    assertIsCompleted();
  }

  @Test
  void aProductThatComparesWithNoLabelsIsFound() throws IOException {
    runs = brokenRuns(BrokenProduct.thatComparesWithNoLabels(folder));
    labelSome();
    deleteWhatNamesFiles();

    assertThatThrownBy(this::assertIsCompleted)
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("=1");
  }

  private void deleteWhatNamesFiles() throws IOException {
    for (Path commit : commits("labels")) {
      rewrite(
          commit,
          Files.readString(commit).replaceAll("\"userMetadata\":\"(\\\\.|[^\"\\\\])*\",", ""));
    }
    FileTrees.delete(runs.table("files"));
  }

  @Test
  void aLastCommitOfTheFilesOfWhichHalfIsLeftIsRepaired() throws IOException {
    Path last = lastCommit();
    byte[] whole = Files.readAllBytes(last);
    Files.write(last, Arrays.copyOf(whole, whole.length / 2));

    assertIsRefusedAndRepaired("OUTPUT_UNREADABLE");
  }

  @Test
  void aLastCommitOfTheFilesThatIsEmptyIsMadeAgainFromTheLabels() throws IOException {
    // Delta takes it for a commit that did nothing.
    Files.write(lastCommit(), new byte[0]);

    assertIsCompleted();
  }

  @Test
  void filesOfAnotherOutputAreRefusedAndRepaired() throws IOException {
    RestartedRuns another = newRuns();
    another.corpus().grow(2);
    another.label();
    FileTrees.replace(runs.table("files"), another.table("files"));

    assertIsRefusedAndRepaired("OUTPUT_BEHIND");
  }

  @Test
  void labelsOfAnOlderCopyAreRefusedAndCompletedAfterRepair() throws IOException {
    Path copy = folder.resolve("copy");
    FileTrees.copy(runs.table("labels"), copy);
    runs.label();
    FileTrees.replace(runs.table("labels"), copy);
    FileTrees.delete(copy);

    assertIsRefusedAndRepaired("OUTPUT_BEHIND");
  }

  @Test
  void labelsThatAreRestoredAreRefusedAndCompletedAfterRepair() throws IOException {
    restoreLabels();

    assertIsRefusedAndRepaired("OUTPUT_BEHIND");
  }

  @Test
  void aProductThatRefusesNoOutputIsFound() throws IOException {
    runs = brokenRuns(BrokenProduct.thatRefusesNoOutput(folder));
    labelSome();
    restoreLabels();

    assertThatThrownBy(() -> assertIsRefusedAndRepaired("OUTPUT_BEHIND"))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("expected: 2");
  }

  private void restoreLabels() throws IOException {
    runs.label();
    DeltaLog.clearCache();
    SharedSpark.session()
        .sql("RESTORE delta.`%s` TO VERSION AS OF 2".formatted(runs.table("labels")));
  }

  private void assertIsRefusedAndRepaired(String code) throws IOException {
    try (Submission run = runs.start()) {
      Submission.Ended refused = run.await();
      assertThat(refused.exitCode()).as(refused.errors()).isEqualTo(2);
      assertThat(refused.errors()).contains("error [" + code + "]", "repair");
    }
    Submission.Ended repair = runs.command("repair");
    assertThat(repair.exitCode()).as(repair.errors()).isZero();
    assertIsCompleted();
  }

  private void assertIsCompleted() throws IOException {
    runs.labelUntil(KillMoment.anyStep(random, runs::steps, STEPS, SHORTLY));
    runs.corpus().appendToAny();
    runs.label();
    ExactlyOnce.verify(runs.output(), runs.corpus());
    runs.label();
    runs.verify();
  }

  private Path lastCommit() throws IOException {
    Path[] commits = commits("files");
    return commits[commits.length - 1];
  }

  private Path[] commits(String table) throws IOException {
    try (Stream<Path> log = Files.list(runs.table(table).resolve("_delta_log"))) {
      return log.filter(file -> file.getFileName().toString().matches("\\d{20}\\.json"))
          .sorted()
          .toArray(Path[]::new);
    }
  }

  /** Without the checksum that Hadoop keeps beside. */
  private static void rewrite(Path file, String text) throws IOException {
    Files.writeString(file, text);
    Files.deleteIfExists(file.resolveSibling("." + file.getFileName() + ".crc"));
  }
}

package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests have in common that start many drivers: an archive of classes, and new outputs. */
abstract class ManyRestarts {
  static final long SEED = 17;

  @TempDir static Path folder;

  static LocalDrivers drivers;

  RestartedRuns runs;

  @BeforeAll
  static void archiveClasses() throws IOException {
    drivers = LocalDrivers.in(folder.resolve("spark"));
    GrowingCorpus any = GrowingCorpus.in(folder.resolve("any"), SEED);
    any.grow(1);
    Submission.Ended first =
        drivers.runFirst(
            RestartedRuns.arguments(any.input(), folder.resolve("any-labelled").toString()));
    assertThat(first.exitCode()).as(first.errors()).isZero();
  }

  @BeforeEach
  void newOutput() throws IOException {
    runs = newRuns();
  }

  static RestartedRuns newRuns() throws IOException {
    return newRuns(drivers);
  }

  /** Runs of the product with a class in the place of its own. */
  static RestartedRuns brokenRuns(Path jar) throws IOException {
    return newRuns(drivers.with(jar));
  }

  private static RestartedRuns newRuns(LocalDrivers drivers) throws IOException {
    Path own = Files.createTempDirectory(folder, "test-");
    return new RestartedRuns(
        drivers, GrowingCorpus.in(own.resolve("corpus"), SEED), own.resolve("labelled").toString());
  }
}

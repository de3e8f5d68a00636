package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs that label one corpus into one output, killed and started again. */
final class RestartedRuns {
  private final LocalDrivers drivers;
  private final GrowingCorpus corpus;
  private final Path output;
  private int kills;

  RestartedRuns(LocalDrivers drivers, GrowingCorpus corpus, Path output) {
    this.drivers = drivers;
    this.corpus = corpus;
    this.output = output;
  }

  GrowingCorpus corpus() {
    return corpus;
  }

  Path output() {
    return output;
  }

  Path table(String name) {
    return output.resolve(name);
  }

  /** Processes that were killed before they had ended. */
  int kills() {
    return kills;
  }

  /** Starts a run over all that the corpus holds now. */
  Submission start() throws IOException {
    return drivers.start(arguments(corpus.folder(), output));
  }

  /** The command that labels some files of a folder at a time. */
  static String[] arguments(Path input, Path output) {
    return new String[] {
      "label",
      "--input",
      input.toString(),
      "--output",
      output.toString(),
      "--conf",
      "spark.bingoguard.source.maxFilesPerBatch=2"
    };
  }

  /** Starts a run and kills it; one that ends before has to end well. */
  void labelUntil(KillMoment moment) throws IOException {
    try (Submission run = start()) {
      if (moment.await(run)) {
        run.kill();
        kills++;
      } else {
        assertDone(run.await());
      }
    }
  }

  /** Starts a run that has to end well. */
  void label() throws IOException {
    try (Submission run = start()) {
      assertDone(run.await());
    }
  }

  /** Starts another command on the output and returns how it ended. */
  Submission.Ended command(String name) throws IOException {
    try (Submission command = drivers.start(name, "--output", output.toString())) {
      return command.await();
    }
  }

  /** Fails unless all is labelled once, and the command that tells so agrees. */
  void verify() throws IOException {
    ExactlyOnce.verify(output, corpus);
    assertDone(command("status"));
  }

  private static void assertDone(Submission.Ended ended) {
    assertThat(ended.exitCode()).as(ended.output() + ended.errors()).isZero();
  }

  /** Steps of work: files that have come into the logs of the tables, half-written ones too. */
  long steps() {
    return Stream.of("labels", "files", "runs", "categories")
        .mapToLong(table -> log(table).length)
        .sum();
  }

  /** Commits to a table, its creation included. */
  long commits(String table) {
    return Stream.of(log(table)).filter(name -> name.matches("\\d{20}\\.json")).count();
  }

  private String[] log(String table) {
    String[] names = table(table).resolve("_delta_log").toFile().list();
    return names == null ? new String[0] : names;
  }
}

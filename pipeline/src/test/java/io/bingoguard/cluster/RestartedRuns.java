package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.Stream;

/** Runs that label one corpus into one output, killed and started again. */
final class RestartedRuns {
  private final LocalDrivers drivers;
  private final GrowingCorpus corpus;
  private final String output;
  private int kills;

  /**
   * Runs of which none has been started.
   *
   * @param output a path, or what Hadoop takes for one
   */
  RestartedRuns(LocalDrivers drivers, GrowingCorpus corpus, String output) {
    this.drivers = drivers;
    this.corpus = corpus;
    this.output = output;
  }

  GrowingCorpus corpus() {
    return corpus;
  }

  /** The folder of an output that is local. */
  Path output() {
    return Path.of(output);
  }

  Path table(String name) {
    return output().resolve(name);
  }

  /** Processes that were killed before they had ended. */
  int kills() {
    return kills;
  }

  /** Starts a run over all that the corpus holds now. */
  Submission start() throws IOException {
    return drivers.start(arguments(corpus.input(), output));
  }

  /** The command that labels some files of a folder at a time. */
  static String[] arguments(String input, String output) {
    return new String[] {
      "label",
      "--input",
      input,
      "--output",
      output,
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
    try (Submission command = drivers.start(name, "--output", output)) {
      return command.await();
    }
  }

  /** Fails unless all is labelled once into a local output, and the command status agrees. */
  void verify() throws IOException {
    verify(output());
  }

  /** The same of an output of which there is a local copy. */
  void verify(Path copy) throws IOException {
    ExactlyOnce.verify(copy, corpus);
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

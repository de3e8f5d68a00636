package io.bingoguard.table;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.GuardException;
import io.bingoguard.spark.rows.RunStamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * One run, finished or failed.
 *
 * @param stamp the run and its model
 * @param startedAt when the run began
 * @param finishedAt when it ended, either way
 * @param input the corpus as the user named it
 * @param inputDescription the format and schema that were found
 * @param settings the {@code spark.bingoguard.*} settings in force, and {@code severity}, its mode
 * @param added counts over the rows written
 * @param engines what the engines of the executors did
 * @param failure why it failed; absent when it did not
 */
public record RunRecord(
    RunStamp stamp,
    Instant startedAt,
    Instant finishedAt,
    String input,
    String inputDescription,
    Map<String, String> settings,
    LabelStatistics added,
    List<EngineReport> engines,
    Optional<GuardException> failure) {
  public RunRecord {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(inputDescription, "inputDescription");
    settings = Map.copyOf(settings);
    Objects.requireNonNull(added, "added");
    engines = List.copyOf(engines);
    Objects.requireNonNull(failure, "failure");
  }

  /** What the process returns. */
  public int exitCode() {
    return failure.map(reason -> reason.code().exitCode()).orElse(0);
  }

  /** Code and message of the failure. */
  public Optional<String> errorMessage() {
    return failure.map(reason -> reason.code() + ": " + reason.getMessage());
  }

  /** Wall time. */
  public double seconds() {
    return Duration.between(startedAt, finishedAt).toNanos() / 1e9;
  }

  public double exchangesPerSecond() {
    return seconds() > 0 ? added.exchanges() / seconds() : 0;
  }
}

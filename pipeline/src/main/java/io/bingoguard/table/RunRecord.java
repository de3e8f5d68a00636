package io.bingoguard.table;

import io.bingoguard.spark.EngineReport;
import io.bingoguard.spark.RunStamp;
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
 * @param settings the {@code spark.bingoguard.*} settings in force
 * @param byStatus rows written, by {@code label_status}
 * @param inputTokens prompt tokens of all rows written
 * @param engines what the engines of the executors did
 * @param exitCode what the process returns
 * @param errorMessage why it failed; absent when it did not
 */
public record RunRecord(
    RunStamp stamp,
    Instant startedAt,
    Instant finishedAt,
    String input,
    String inputDescription,
    Map<String, String> settings,
    Map<String, Long> byStatus,
    long inputTokens,
    List<EngineReport> engines,
    int exitCode,
    Optional<String> errorMessage) {
  public RunRecord {
    Objects.requireNonNull(stamp, "stamp");
    Objects.requireNonNull(startedAt, "startedAt");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(inputDescription, "inputDescription");
    settings = Map.copyOf(settings);
    byStatus = Map.copyOf(byStatus);
    engines = List.copyOf(engines);
    Objects.requireNonNull(errorMessage, "errorMessage");
  }

  /** Rows written. */
  public long exchanges() {
    return byStatus.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Wall time. */
  public double seconds() {
    return Duration.between(startedAt, finishedAt).toNanos() / 1e9;
  }

  public double exchangesPerSecond() {
    return seconds() > 0 ? exchanges() / seconds() : 0;
  }
}

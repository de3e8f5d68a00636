package io.bingoguard.table;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * One run that ended, finished or failed.
 *
 * @param start what was known when it began
 * @param finishedAt when it ended, either way
 * @param added counts over the rows written
 * @param files what it found of the files of its input
 * @param engines what the engines of the executors did
 * @param failure why it failed, or what is wrong with what it did; absent when nothing is
 */
public record RunRecord(
    RunStart start,
    Instant finishedAt,
    LabelStatistics added,
    RunFiles files,
    List<EngineReport> engines,
    Optional<GuardException> failure) {
  public RunRecord {
    Objects.requireNonNull(start, "start");
    Objects.requireNonNull(finishedAt, "finishedAt");
    Objects.requireNonNull(added, "added");
    Objects.requireNonNull(files, "files");
    engines = List.copyOf(engines);
    Objects.requireNonNull(failure, "failure");
  }

  /** What the process returns. */
  public int exitCode() {
    return failure.map(reason -> reason.code().exitCode()).orElse(0);
  }

  /** Whether it did all that it could do, whatever files it had to put aside. */
  public boolean finished() {
    return failure.map(reason -> reason.code() == ErrorCode.FILES_QUARANTINED).orElse(true);
  }

  /** Code and message of the failure. */
  public Optional<String> errorMessage() {
    return failure.map(reason -> reason.code() + ": " + reason.getMessage());
  }

  /** Wall time. */
  public double seconds() {
    return Duration.between(start.at(), finishedAt).toNanos() / 1e9;
  }

  public double exchangesPerSecond() {
    return seconds() > 0 ? added.exchanges() / seconds() : 0;
  }
}

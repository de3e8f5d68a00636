package io.bingoguard.doctor;

import io.bingoguard.engine.DeviceExamination.State;
import java.util.List;
import java.util.stream.Stream;

/**
 * Everything that was looked at.
 *
 * @param master Spark's master; empty if Spark did not start
 * @param driver what was found in this process
 * @param executors what was found on a cluster's executors; none on a local master
 */
public record DoctorReport(String master, List<Check> driver, List<ExecutorReport> executors) {
  public DoctorReport {
    driver = List.copyOf(driver);
    executors = List.copyOf(executors);
  }

  /** How many checks stand so. */
  public long count(State status) {
    return checks().filter(check -> check.status() == status).count();
  }

  /** How it stands with the worst. */
  public State status() {
    return checks().map(Check::status).max(State::compareTo).orElse(State.OK);
  }

  private Stream<Check> checks() {
    return Stream.concat(
        driver.stream(), executors.stream().flatMap(executor -> executor.checks().stream()));
  }
}

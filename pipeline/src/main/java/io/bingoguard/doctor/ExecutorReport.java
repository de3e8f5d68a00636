package io.bingoguard.doctor;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found on an executor.
 *
 * @param executor Spark's id of it
 * @param host the machine it runs on
 */
public record ExecutorReport(String executor, String host, List<Check> checks) {
  public ExecutorReport {
    checks = List.copyOf(checks);
  }

  /** One report an executor: of checks of the same name the worst, of equal ones the first. */
  static List<ExecutorReport> merged(List<ExecutorReport> reports) {
    Map<String, ExecutorReport> byExecutor = new LinkedHashMap<>();
    for (ExecutorReport report : reports) {
      byExecutor.merge(report.executor(), report, ExecutorReport::with);
    }
    return List.copyOf(byExecutor.values());
  }

  private ExecutorReport with(ExecutorReport other) {
    Map<String, Check> byName = new LinkedHashMap<>();
    List<Check> all = new ArrayList<>(checks);
    all.addAll(other.checks);
    for (Check check : all) {
      byName.merge(
          check.name(), check, (one, two) -> two.status().compareTo(one.status()) > 0 ? two : one);
    }
    return new ExecutorReport(executor, host, List.copyOf(byName.values()));
  }
}

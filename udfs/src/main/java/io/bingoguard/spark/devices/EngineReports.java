package io.bingoguard.spark.devices;

import io.bingoguard.engine.EngineReport;
import java.io.Serializable;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.util.AccumulatorV2;

/**
 * The latest report of every engine that tasks have used, as Spark's own accumulators travel:
 * executors add, the driver reads. A task that fails adds nothing.
 */
public final class EngineReports extends AccumulatorV2<EngineReport, List<EngineReport>> {
  /** Reports on their way to the driver, between the ends of tasks. */
  public record Sent(List<EngineReport> reports) implements Serializable {
    public Sent {
      reports = List.copyOf(reports);
    }
  }

  private static final long serialVersionUID = 1L;

  private final Map<String, EngineReport> latest = new TreeMap<>();

  public EngineReports() {}

  private EngineReports(Collection<EngineReport> reports) {
    reports.forEach(this::add);
  }

  @Override
  public synchronized void add(EngineReport report) {
    latest.merge(
        report.executorId() + " " + report.device(),
        report,
        (one, other) -> one.seconds() >= other.seconds() ? one : other);
  }

  @Override
  public void merge(AccumulatorV2<EngineReport, List<EngineReport>> other) {
    other.value().forEach(this::add);
  }

  /** The reports, by executor and device. */
  @Override
  public synchronized List<EngineReport> value() {
    return List.copyOf(latest.values());
  }

  @Override
  public boolean isZero() {
    return value().isEmpty();
  }

  @Override
  public EngineReports copy() {
    return new EngineReports(value());
  }

  @Override
  public synchronized void reset() {
    latest.clear();
  }
}

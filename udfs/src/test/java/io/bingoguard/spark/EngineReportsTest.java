package io.bingoguard.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.score.EngineMetrics;
import java.util.List;
import org.junit.jupiter.api.Test;

class EngineReportsTest {
  @Test
  void keepsTheLatestReportOfEachEngineWhateverTheOrder() {
    EngineReports one = new EngineReports();
    one.add(report("0", "cuda:0", 5, 50));
    one.add(report("0", "cuda:0", 9, 90));
    EngineReports other = new EngineReports();
    other.add(report("0", "cuda:0", 7, 70));
    other.add(report("1", "cuda:0", 3, 30));
    other.add(report("1", "cuda:1", 4, 40));

    EngineReports merged = one.copy();
    merged.merge(other);
    EngineReports reversed = other.copy();
    reversed.merge(one);

    assertThat(merged.value())
        .isEqualTo(reversed.value())
        .extracting(report -> report.metrics().requests())
        .containsExactly(90L, 30L, 40L);
    assertThat(one.copyAndReset().isZero()).isTrue();
  }

  @Test
  void figuresArePerSecondOfWallTime() {
    EngineReport report = report("0", "cuda:0", 10, 40);

    assertThat(report.requestsPerSecond()).isEqualTo(4);
    assertThat(report.busyShare()).isCloseTo(0.3, within(1e-9));
    assertThat(report.metrics().paddingRatio()).isCloseTo(0.25, within(1e-9));
  }

  private static EngineReport report(
      String executor, String device, double seconds, long requests) {
    EngineMetrics.Snapshot metrics =
        new EngineMetrics.Snapshot(
            0, 500_000_000L, 500_000_000L, 2_000_000_000L, 0, 0, 1, requests, 300, 400, 0, 0, 0);
    return new EngineReport(
        executor,
        "host",
        List.of("0"),
        device,
        "CUDAExecutionProvider",
        "bf16",
        1,
        "found",
        0,
        0,
        2048,
        seconds,
        metrics);
  }
}

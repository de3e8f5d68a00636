package io.bingoguard.spark.devices;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.score.EngineCounter;
import io.bingoguard.score.EngineMetrics;
import java.util.List;
import java.util.Map;
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
        .extracting(report -> report.metrics().of(EngineCounter.REQUESTS))
        .containsExactly(90L, 30L, 40L);
    assertThat(one.copyAndReset().isZero()).isTrue();
  }

  private static EngineReport report(
      String executor, String device, double seconds, long requests) {
    EngineMetrics.Snapshot metrics =
        new EngineMetrics.Snapshot(
            Map.of(
                EngineCounter.PACK_NANOS,
                500_000_000L,
                EngineCounter.PREFIX_NANOS,
                500_000_000L,
                EngineCounter.FORWARD_NANOS,
                2_000_000_000L,
                EngineCounter.PASSES,
                1L,
                EngineCounter.REQUESTS,
                requests,
                EngineCounter.USEFUL_TOKENS,
                300L,
                EngineCounter.COMPUTED_TOKENS,
                400L));
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

package io.bingoguard.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.score.EngineCounter;
import io.bingoguard.score.EngineMetrics;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EngineFigureTest {
  private static final EngineReport ONE = report(10, 40, 2048);
  private static final EngineReport OTHER = report(5, 10, 1024);

  @Test
  void figuresOfOneEngineArePerSecondOfWallTimeAndPerUnitOfWork() {
    assertThat(EngineFigure.REQUESTS.of(ONE)).isEqualTo(40L);
    assertThat(EngineFigure.REQUESTS_PER_SECOND.of(ONE)).isEqualTo(4.0);
    assertThat(EngineFigure.PADDING_RATIO.of(ONE)).isEqualTo(0.25);
    assertThat(EngineFigure.BUSY_SHARE.of(ONE).doubleValue()).isCloseTo(0.3, within(1e-9));
    assertThat(EngineFigure.PASS_MEAN_MS.of(ONE)).isEqualTo(1000.0);
    assertThat(EngineFigure.QUEUE_WAIT_MEAN_MS.of(ONE)).isEqualTo(10.0);
    assertThat(EngineFigure.WAIT_SECONDS.of(ONE)).isEqualTo(0.5);
  }

  @Test
  void figuresOfSeveralAreSumsAndRatiosOfSums() {
    List<EngineReport> both = List.of(ONE, OTHER);

    assertThat(EngineFigure.REQUESTS.of(both)).isEqualTo(50L);
    assertThat(EngineFigure.PACK_TOKENS.of(both)).isEqualTo(3072L);
    assertThat(EngineFigure.REQUESTS_PER_SECOND.of(both)).isEqualTo(6.0);
    assertThat(EngineFigure.BUSY_SHARE.of(both).doubleValue()).isCloseTo(0.4, within(1e-9));
    assertThat(EngineFigure.QUEUE_WAIT_MEAN_MS.of(both)).isEqualTo(16.0);
  }

  @Test
  void withoutAnEngineEveryFigureIsZeroOfItsOwnType() {
    for (EngineFigure figure : EngineFigure.values()) {
      assertThat(figure.of(List.of())).isEqualTo(figure.integral() ? (Number) 0L : (Number) 0.0);
    }
  }

  @Test
  void anEngineIsNeverBusyForLongerThanItExists() {
    assertThat(EngineFigure.BUSY_SHARE.of(report(1, 1, 1))).isEqualTo(1.0);
  }

  /** Busy for 3 s in 2 passes, waited for half a second. */
  private static EngineReport report(double seconds, long requests, int packTokens) {
    EngineMetrics.Snapshot metrics =
        new EngineMetrics.Snapshot(
            Map.of(
                EngineCounter.PACK_NANOS,
                500_000_000L,
                EngineCounter.PREFIX_NANOS,
                500_000_000L,
                EngineCounter.FORWARD_NANOS,
                2_000_000_000L,
                EngineCounter.WAIT_NANOS,
                500_000_000L,
                EngineCounter.QUEUE_NANOS,
                400_000_000L,
                EngineCounter.PASSES,
                2L,
                EngineCounter.REQUESTS,
                requests,
                EngineCounter.USEFUL_TOKENS,
                300L,
                EngineCounter.COMPUTED_TOKENS,
                400L));
    return new EngineReport(
        "0",
        "host",
        List.of(),
        "cpu",
        "CPU",
        "fp32",
        1,
        "demo",
        0,
        0,
        packTokens,
        seconds,
        metrics);
  }
}

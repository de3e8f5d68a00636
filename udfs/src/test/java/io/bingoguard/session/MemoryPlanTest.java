package io.bingoguard.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.checkpoint.RopeConfig;
import io.bingoguard.device.Device;
import java.util.IntSummaryStatistics;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class MemoryPlanTest {
  private static final long GIB = 1L << 30;

  /** The sizes of the 8-billion-parameter Llama 3.1. */
  private static final LlamaConfig EIGHT_BILLION =
      new LlamaConfig(
          4096,
          14336,
          32,
          32,
          8,
          128,
          128256,
          131072,
          1e-5,
          false,
          new RopeConfig.Default(500_000));

  @Test
  void countsTheWeightsOfTheRealModel() {
    assertThat(MemoryPlan.parameters(EIGHT_BILLION)).isEqualTo(8_030_261_248L);
  }

  @Test
  void aLargeDeviceTakesTheLargestPack() {
    MemoryPlan plan = plan(80 * GIB);

    assertThat(plan.packTokens()).isEqualTo(MemoryPlan.MOST_PACK_TOKENS);
    assertThat((double) plan.arenaBytes()).isCloseTo(0.9 * (80 * GIB - 16.06e9), within(1e9));
  }

  @Test
  void aDeviceThatTheWeightsNearlyFillTakesSmallPacks() {
    assertThat(plan(18 * GIB).packTokens()).isBetween(64, 4096);
    assertThat(plan(24 * GIB).packTokens())
        .isGreaterThan(plan(18 * GIB).packTokens())
        .isLessThanOrEqualTo(MemoryPlan.MOST_PACK_TOKENS);
  }

  @Test
  void refusesADeviceThatTheWeightsDoNotFit() {
    assertThatThrownBy(() -> plan(12 * GIB))
        .hasMessageContaining("15,316 MiB")
        .hasMessageContaining("cuda:1 has 12,288 MiB free");
  }

  private static MemoryPlan plan(long freeBytes) {
    IntSummaryStatistics prefixes = IntStream.generate(() -> 1024).limit(13).summaryStatistics();
    return MemoryPlan.of(EIGHT_BILLION, Precision.BF16, Device.cuda(1), freeBytes, prefixes);
  }
}

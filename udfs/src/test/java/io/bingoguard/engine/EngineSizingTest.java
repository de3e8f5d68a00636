package io.bingoguard.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.bundle.DemoModel;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.Device;
import io.bingoguard.session.Precision;
import io.bingoguard.spark.settings.GuardSettings;
import io.bingoguard.spark.settings.Setting;
import java.util.IntSummaryStatistics;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EngineSizingTest {
  private static final long GIB = 1L << 30;
  private static final Device GPU = Device.cuda(0);
  private static final IntSummaryStatistics PREFIXES =
      IntStream.generate(() -> 1024).limit(13).summaryStatistics();

  /** Stored in BF16. */
  private final Checkpoint checkpoint = Checkpoint.open(DemoModel.directory());

  @Test
  void aCpuTakesSmallPacksInFp32WithTheCoresOfTheExecutor() {
    EngineSizing sizing = sizing(Map.of(), Device.CPU, OptionalLong.empty());

    assertThat(sizing.session().precision()).isEqualTo(Precision.FP32);
    assertThat(sizing.session().threads()).isEqualTo(6);
    assertThat(sizing.session().arenaBytes()).isEmpty();
    assertThat(sizing.limits().tokens()).isEqualTo(2048);
    assertThat(sizing.limits().bucket()).isEqualTo(64);
  }

  @Test
  void aGpuTakesWhatFitsInTheStoredPrecision() {
    EngineSizing large = sizing(Map.of(), GPU, OptionalLong.of(80 * GIB));
    EngineSizing small = sizing(Map.of(), GPU, OptionalLong.of(GIB / 4));

    assertThat(large.session().precision()).isEqualTo(Precision.BF16);
    assertThat(large.limits().tokens()).isEqualTo(16_384);
    assertThat(large.limits().bucket()).isEqualTo(1024);
    assertThat(small.limits().tokens()).isBetween(64, 16_383);
    assertThat(small.session().arenaBytes().orElseThrow()).isLessThan(GIB / 4);
  }

  @Test
  void aGpuThatDoesNotTellItsMemoryTakesAMiddlePack() {
    EngineSizing sizing = sizing(Map.of(), GPU, OptionalLong.empty());

    assertThat(sizing.limits().tokens()).isEqualTo(8192);
    assertThat(sizing.session().arenaBytes()).isEmpty();
  }

  @Test
  void settingsBeatWhatIsFoundOut() {
    EngineSizing sizing =
        sizing(
            Map.of(
                Setting.PACK_TOKENS.key(), "300",
                Setting.PACK_BUCKET.key(), "50",
                Setting.THREADS.key(), "2",
                Setting.DEVICE_MEMORY.key(), "1g"),
            GPU,
            OptionalLong.of(80 * GIB));

    assertThat(sizing.limits().tokens()).isEqualTo(300);
    assertThat(sizing.limits().bucket()).isEqualTo(50);
    assertThat(sizing.session().threads()).isEqualTo(2);
    assertThat(sizing.session().arenaBytes().orElseThrow()).isLessThan(GIB);
    // Positions run up to the longest request.
    assertThat(sizing.session().maxTokens()).isEqualTo(4096 + 50);
  }

  private EngineSizing sizing(Map<String, String> settings, Device device, OptionalLong free) {
    return EngineSizing.of(
        GuardSettings.of(settings).engine().onCores(6), checkpoint, device, free, PREFIXES);
  }
}

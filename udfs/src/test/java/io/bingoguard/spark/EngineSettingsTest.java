package io.bingoguard.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.model.Precision;
import io.bingoguard.spark.EngineSettings.DeviceChoice;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(EngineSettings.from(Map.of()))
        .isEqualTo(
            new EngineSettings(DeviceChoice.AUTO, Optional.empty(), 0, 4096, 2048, 64, 128, 3));
  }

  @Test
  void readsEverySetting() {
    assertThat(
            EngineSettings.from(
                Map.of(
                    "spark.bingoguard.device", "CUDA",
                    "spark.bingoguard.precision", "bf16",
                    "spark.bingoguard.threads", "3",
                    "spark.bingoguard.maxTokens", "2048",
                    "spark.bingoguard.packTokens", "8192",
                    "spark.bingoguard.packBucket", "512",
                    "spark.bingoguard.windowExchanges", "50",
                    "spark.bingoguard.windowsInFlight", "2")))
        .isEqualTo(
            new EngineSettings(
                DeviceChoice.CUDA, Optional.of(Precision.BF16), 3, 2048, 8192, 512, 50, 2));
  }

  @ParameterizedTest
  @CsvSource({
    "spark.bingoguard.device, gpu, one of",
    "spark.bingoguard.precision, fp8, one of",
    "spark.bingoguard.maxTokens, many, a whole number",
    "spark.bingoguard.maxTokens, 0, 16 to 131072",
    "spark.bingoguard.windowsInFlight, -1, 1 to 64"
  })
  void refusesWhatItDoesNotUnderstand(String key, String value, String expected) {
    assertThatThrownBy(() -> EngineSettings.from(Map.of(key, value)))
        .hasMessageContaining(key)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(expected);
  }
}

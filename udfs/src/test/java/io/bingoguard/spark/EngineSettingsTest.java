package io.bingoguard.spark;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.model.Precision;
import io.bingoguard.spark.EngineSettings.DeviceChoice;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EngineSettingsTest {

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(EngineSettings.from(Map.of()))
        .isEqualTo(
            new EngineSettings(
                DeviceChoice.AUTO,
                Optional.empty(),
                0,
                4096,
                OptionalInt.empty(),
                OptionalInt.empty(),
                128,
                3,
                Duration.ofMinutes(10),
                OptionalLong.empty(),
                Optional.empty()));
  }

  @Test
  void readsEverySetting() {
    assertThat(
            EngineSettings.from(
                Map.ofEntries(
                    entry("spark.bingoguard.device", "CUDA"),
                    entry("spark.bingoguard.precision", "bf16"),
                    entry("spark.bingoguard.threads", "3"),
                    entry("spark.bingoguard.maxTokens", "2048"),
                    entry("spark.bingoguard.packTokens", "8192"),
                    entry("spark.bingoguard.packBucket", "512"),
                    entry("spark.bingoguard.windowExchanges", "50"),
                    entry("spark.bingoguard.windowsInFlight", "2"),
                    entry("spark.bingoguard.passTimeout", "90s"),
                    entry("spark.bingoguard.deviceMemory", "24g"),
                    entry("spark.bingoguard.sessionFactory", "example.Sessions"))))
        .isEqualTo(
            new EngineSettings(
                DeviceChoice.CUDA,
                Optional.of(Precision.BF16),
                3,
                2048,
                OptionalInt.of(8192),
                OptionalInt.of(512),
                50,
                2,
                Duration.ofSeconds(90),
                OptionalLong.of(24L << 30),
                Optional.of("example.Sessions")));
  }

  @ParameterizedTest
  @CsvSource({
    "spark.bingoguard.device, gpu, one of",
    "spark.bingoguard.precision, fp8, one of",
    "spark.bingoguard.maxTokens, many, a whole number",
    "spark.bingoguard.maxTokens, 0, 16 to 131072",
    "spark.bingoguard.windowsInFlight, -1, 1 to 64",
    "spark.bingoguard.packTokens, all, a whole number",
    "spark.bingoguard.passTimeout, 0s, a time above zero",
    "spark.bingoguard.passTimeout, soon, with its unit",
    "spark.bingoguard.deviceMemory, much, with its unit"
  })
  void refusesWhatItDoesNotUnderstand(String key, String value, String expected) {
    assertThatThrownBy(() -> EngineSettings.from(Map.of(key, value)))
        .hasMessageContaining(key)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(expected);
  }

  @Test
  void refusesASessionFactoryThatIsNone() {
    EngineSettings settings =
        EngineSettings.from(Map.of("spark.bingoguard.sessionFactory", "java.lang.String"));

    assertThatThrownBy(settings::sessions)
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("io.bingoguard.model.SessionFactory");
  }
}

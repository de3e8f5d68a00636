package io.bingoguard.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineSettingsTest {

  @Test
  void hasTheDocumentedDefaults() {
    PipelineSettings settings = PipelineSettings.of(Map.of());

    assertThat(settings.maxFilesPerBatch()).isEqualTo(32);
    assertThat(settings.progressInterval()).isEqualTo(Duration.ofSeconds(10));
  }

  @Test
  void readsEverySetting() {
    PipelineSettings settings =
        PipelineSettings.of(
            Map.of(
                "spark.bingoguard.source.maxFilesPerBatch", "7",
                "spark.bingoguard.progress.interval", "2min"));

    assertThat(settings.maxFilesPerBatch()).isEqualTo(7);
    assertThat(settings.progressInterval()).isEqualTo(Duration.ofMinutes(2));
  }

  @Test
  void knowsTheSettingsOfTheEngineAndOfTheModelCache() {
    PipelineSettings.of(
            Map.of("spark.bingoguard.device", "cpu", "spark.bingoguard.cache.maxSize", "20g"))
        .refuseUnknown();

    assertThatThrownBy(
            () -> PipelineSettings.of(Map.of("spark.bingoguard.cache.size", "1g")).refuseUnknown())
        .hasMessageContaining("spark.bingoguard.cache.size")
        .hasMessageContaining("spark.bingoguard.cache.maxSize");
  }

  @ParameterizedTest
  @CsvSource({
    "spark.bingoguard.source.maxFilesPerBatch, 0",
    "spark.bingoguard.source.maxFilesPerBatch, few",
    "spark.bingoguard.progress.interval, soon",
    "spark.bingoguard.progress.interval, 0s"
  })
  void refusesWhatItDoesNotUnderstand(String key, String value) {
    PipelineSettings settings = PipelineSettings.of(Map.of(key, value));

    assertThatThrownBy(
            () -> {
              settings.maxFilesPerBatch();
              settings.progressInterval();
            })
        .hasMessageContaining(key)
        .hasMessageContaining(value);
  }
}

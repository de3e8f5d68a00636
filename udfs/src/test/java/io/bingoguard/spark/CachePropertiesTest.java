package io.bingoguard.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.cache.CacheSettings;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CachePropertiesTest {

  @Test
  void hasTheDocumentedDefaults() {
    assertThat(CacheProperties.read(Map.of()))
        .isEqualTo(
            new CacheSettings(
                Path.of("/tmp/bingoguard-models-" + System.getProperty("user.name")),
                64L << 30,
                8));
  }

  @Test
  void readsEverySetting() {
    assertThat(
            CacheProperties.read(
                Map.of(
                    "spark.bingoguard.cache.directory", "/data/models",
                    "spark.bingoguard.cache.maxSize", "500m",
                    "spark.bingoguard.cache.copyThreads", "3")))
        .isEqualTo(new CacheSettings(Path.of("/data/models"), 500L << 20, 3));
  }

  @ParameterizedTest
  @CsvSource({
    "spark.bingoguard.cache.directory, models, an absolute path",
    "spark.bingoguard.cache.directory, '', an absolute path",
    "spark.bingoguard.cache.maxSize, much, a size with its unit",
    "spark.bingoguard.cache.maxSize, 1.5g, a size with its unit",
    "spark.bingoguard.cache.maxSize, 0, a size above 0",
    "spark.bingoguard.cache.maxSize, 2000t, up to 1p",
    "spark.bingoguard.cache.copyThreads, 0, 1 to 256"
  })
  void refusesWhatItDoesNotUnderstand(String key, String value, String expected) {
    assertThatThrownBy(() -> CacheProperties.read(Map.of(key, value)))
        .hasMessageContaining(key)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(expected);
  }
}

package io.bingoguard.spark.settings;

import static java.util.Map.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.cache.CacheSettings;
import io.bingoguard.engine.EngineSettings;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.LongText;
import io.bingoguard.guard.LongTexts;
import io.bingoguard.guard.TextSplitter;
import io.bingoguard.session.Precision;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GuardSettingsTest {

  @Test
  void hasTheDocumentedDefaults() {
    GuardSettings settings = GuardSettings.of(Map.of());

    assertThat(settings.engine())
        .isEqualTo(
            new EngineSettings(
                EngineSettings.DeviceChoice.AUTO,
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
    assertThat(settings.cache())
        .isEqualTo(
            new CacheSettings(
                Path.of("/tmp/bingoguard-models-" + System.getProperty("user.name")),
                64L << 30,
                8));
    assertThat(settings.model()).isEmpty();
    assertThat(settings.warmUp()).isTrue();
    assertThat(settings.maxFilesPerBatch()).isEqualTo(32);
    assertThat(settings.progressInterval()).isEqualTo(Duration.ofSeconds(5));
    assertThat(settings.problems()).isEmpty();
  }

  @Test
  void readsEverySetting() {
    Map<String, String> given =
        Map.ofEntries(
            entry("spark.bingoguard.device", "CUDA"),
            entry("spark.bingoguard.precision", "bf16"),
            entry("spark.bingoguard.threads", "3"),
            entry("spark.bingoguard.maxTokens", "2048"),
            entry("spark.bingoguard.longText", "skip"),
            entry("spark.bingoguard.maxWindows", "9"),
            entry("spark.bingoguard.prepare", "NFC, markup"),
            entry("spark.bingoguard.languages", "en,,de "),
            entry("spark.bingoguard.spreadDates", "60"),
            entry("spark.bingoguard.packTokens", "8192"),
            entry("spark.bingoguard.packBucket", "512"),
            entry("spark.bingoguard.batchExchanges", "50"),
            entry("spark.bingoguard.batchesInFlight", "2"),
            entry("spark.bingoguard.passTimeout", "90s"),
            entry("spark.bingoguard.deviceMemory", "24g"),
            entry("spark.bingoguard.sessionFactory", "example.Sessions"),
            entry("spark.bingoguard.model", "hdfs:/models/guard"),
            entry("spark.bingoguard.warmUp", "false"),
            entry("spark.bingoguard.cache.directory", "/data/../data/models"),
            entry("spark.bingoguard.cache.maxSize", "500m"),
            entry("spark.bingoguard.cache.copyThreads", "3"),
            entry("spark.bingoguard.source.maxFilesPerBatch", "7"),
            entry("spark.bingoguard.progress.interval", "2min"));
    GuardSettings settings = GuardSettings.of(given);

    assertThat(settings.engine())
        .isEqualTo(
            new EngineSettings(
                EngineSettings.DeviceChoice.CUDA,
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
    assertThat(settings.cache())
        .isEqualTo(new CacheSettings(Path.of("/data/models"), 500L << 20, 3));
    assertThat(settings.longTexts(() -> TextSplitter.NONE))
        .isEqualTo(new LongTexts(LongText.SKIP, TextSplitter.NONE, 9));
    assertThat(settings.prepare()).containsExactly("nfc", "markup");
    assertThat(settings.languages()).containsExactly("en", "de");
    assertThat(settings.spreadDates()).isEqualTo(60);
    assertThat(settings.model()).contains("hdfs:/models/guard");
    assertThat(settings.warmUp()).isFalse();
    assertThat(settings.maxFilesPerBatch()).isEqualTo(7);
    assertThat(settings.progressInterval()).isEqualTo(Duration.ofMinutes(2));
    assertThat(settings.problems()).isEmpty();
    assertThat(given).as("none is left out here").hasSize(Setting.values().length);
  }

  @Test
  void keepsWhatIsOfThisProjectAndNamesWhatDoesNotExist() {
    GuardSettings settings =
        GuardSettings.of(
            Map.of(
                "spark.executor.cores", "4",
                "spark.bingoguard.device", "cpu",
                "spark.bingoguard.threads", "all",
                "spark.bingoguard.cache.size", "1g"));

    assertThat(settings.given())
        .containsOnlyKeys(
            "spark.bingoguard.device", "spark.bingoguard.threads", "spark.bingoguard.cache.size");
    assertThat(settings.problems())
        .extracting(GuardException::code)
        .containsExactly(ErrorCode.SETTING_UNKNOWN, ErrorCode.SETTING_INVALID);
    assertThatThrownBy(settings::refuseInvalid)
        .hasMessageContaining("spark.bingoguard.cache.size")
        .hasMessageContaining("spark.bingoguard.cache.maxSize");
  }

  @ParameterizedTest
  @CsvSource({
    "device, gpu, one of",
    "precision, fp8, one of",
    "longText, cut, one of",
    "maxWindows, 0, 1 to",
    "prepare, nfd, some of",
    "threads, -1, 0 to 1024",
    "maxTokens, many, a whole number",
    "maxTokens, 0, 16 to 131072",
    "packTokens, all, a whole number",
    "packBucket, 0, 1 to 8192",
    "batchExchanges, 0, 1 to 65536",
    "batchesInFlight, -1, 1 to 64",
    "passTimeout, 0s, a time above zero",
    "passTimeout, soon, with its unit",
    "deviceMemory, much, with its unit",
    "deviceMemory, 2t, up to 1t",
    "warmUp, maybe, one of",
    "cache.directory, models, an absolute path",
    "cache.directory, '', an absolute path",
    "cache.maxSize, much, a size with its unit",
    "cache.maxSize, 1.5g, a size with its unit",
    "cache.maxSize, 0, a size above 0",
    "cache.maxSize, 2000t, up to 1p",
    "cache.copyThreads, 0, 1 to 256",
    "source.maxFilesPerBatch, 0, 1 to 2147483647",
    "source.maxFilesPerBatch, few, a whole number",
    "progress.interval, soon, with its unit",
    "progress.interval, 0s, a time above zero"
  })
  void refusesWhatItDoesNotUnderstand(String name, String value, String expected) {
    GuardSettings settings = GuardSettings.of(Map.of(Setting.PREFIX + name, value));

    assertThatThrownBy(settings::refuseInvalid)
        .isInstanceOfSatisfying(
            GuardException.class,
            refused -> assertThat(refused.code()).isEqualTo(ErrorCode.SETTING_INVALID))
        .hasMessageContaining(Setting.PREFIX + name)
        .hasMessageContaining("'" + value + "'")
        .hasMessageContaining(expected);
  }
}

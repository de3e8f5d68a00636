package io.bingoguard.doctor;

import io.bingoguard.cache.CacheSettings;
import io.bingoguard.guard.GuardException;
import io.bingoguard.pipeline.PipelineSettings;
import io.bingoguard.spark.CacheProperties;
import io.bingoguard.spark.EngineSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Settings of this project: misspelled ones, and values that are none. */
final class SettingsChecks {
  private static final String NAME = "settings";

  private SettingsChecks() {}

  static List<Check> of(PipelineSettings settings) {
    List<Check> wrong = new ArrayList<>();
    tell(wrong, settings::refuseUnknown);
    tell(wrong, () -> EngineSettings.from(settings.given()));
    tell(wrong, () -> CacheProperties.read(settings.given()));
    tell(wrong, settings::maxFilesPerBatch);
    tell(wrong, settings::progressInterval);
    Map<String, String> given = new TreeMap<>(settings.given());
    return wrong.isEmpty()
        ? List.of(Check.ok(NAME, given.isEmpty() ? "all at their defaults" : given.toString()))
        : wrong;
  }

  /** The engine's settings; the defaults where they cannot be read, which {@link #of} tells. */
  static EngineSettings engine(PipelineSettings settings) {
    try {
      return EngineSettings.from(settings.given());
    } catch (GuardException told) {
      return EngineSettings.from(Map.of());
    }
  }

  /** The cache's settings, in the same way. */
  static CacheSettings cache(PipelineSettings settings) {
    try {
      return CacheProperties.read(settings.given());
    } catch (GuardException told) {
      return CacheProperties.read(Map.of());
    }
  }

  private static void tell(List<Check> wrong, Runnable read) {
    try {
      read.run();
    } catch (GuardException e) {
      wrong.add(Check.failed(NAME, e));
    }
  }
}

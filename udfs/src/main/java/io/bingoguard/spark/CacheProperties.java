package io.bingoguard.spark;

import io.bingoguard.cache.CacheSettings;
import io.bingoguard.guard.GuardErrors;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/** Spark settings of the model cache and their defaults. */
public final class CacheProperties {
  /** Absolute local path, on every executor host. */
  public static final String DIRECTORY = "spark.bingoguard.cache.directory";

  /**
   * Not {@code java.io.tmpdir}: YARN gives each container one of its own and removes it with the
   * container, so that each executor would copy the model again.
   */
  public static final String DIRECTORY_DEFAULT =
      "/tmp/bingoguard-models-" + System.getProperty("user.name");

  /** Most that all models in the directory may take, with a unit. */
  public static final String MAX_SIZE = "spark.bingoguard.cache.maxSize";

  public static final String MAX_SIZE_DEFAULT = "64g";

  /** Ranges of a model that are copied at once. */
  public static final String COPY_THREADS = "spark.bingoguard.cache.copyThreads";

  public static final int COPY_THREADS_DEFAULT = 8;

  /** All of them. */
  public static final Set<String> KEYS = Set.of(DIRECTORY, MAX_SIZE, COPY_THREADS);

  private CacheProperties() {}

  /**
   * Reads settings.
   *
   * @param properties Spark's settings, of which {@link #KEYS} count
   * @throws io.bingoguard.guard.GuardException {@code SETTING_INVALID}
   */
  public static CacheSettings read(Map<String, String> properties) {
    SettingReader reader = new SettingReader(properties);
    return new CacheSettings(
        directory(reader.text(DIRECTORY, DIRECTORY_DEFAULT)),
        reader.bytes(MAX_SIZE, MAX_SIZE_DEFAULT, "1p"),
        reader.number(COPY_THREADS, COPY_THREADS_DEFAULT, 1, 256));
  }

  private static Path directory(String value) {
    String expected = "an absolute path on the executor hosts";
    try {
      Path path = Path.of(value);
      if (path.isAbsolute()) {
        return path.normalize();
      }
    } catch (InvalidPathException e) {
      throw GuardErrors.settingInvalid(DIRECTORY, value, expected);
    }
    throw GuardErrors.settingInvalid(DIRECTORY, value, expected);
  }
}

package io.bingoguard.spark;

import io.bingoguard.cache.LocalModel;
import io.bingoguard.cache.ModelCache;
import io.bingoguard.model.DemoModel;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.SparkEnv;
import org.apache.spark.deploy.SparkHadoopUtil;

/** A model's files on this machine. As long as it is open they stay. */
public final class HostModel implements AutoCloseable {
  private static final String DEMO = "demo";

  private final Path directory;
  private final String source;
  private final long bytesCopied;
  private final Runnable release;

  private HostModel(Path directory, String source, long bytesCopied, Runnable release) {
    this.directory = directory;
    this.source = source;
    this.bytesCopied = bytesCopied;
    this.release = release;
  }

  /**
   * Finds a model, and copies it if it is on another file system.
   *
   * @param model its path, on any file system of Hadoop's; absent for the bundled demo model
   * @param properties Spark settings, of which those in {@link CacheProperties} count
   * @throws io.bingoguard.guard.GuardException what {@link ModelCache#fetch} throws
   */
  public static HostModel open(Optional<String> model, Map<String, String> properties) {
    if (model.isEmpty()) {
      return new HostModel(DemoModel.directory(), DEMO, 0, () -> {});
    }
    LocalModel local =
        new ModelCache(CacheProperties.read(properties), hadoop()).fetch(model.get());
    return new HostModel(
        local.directory(),
        local.origin().name().toLowerCase(Locale.ROOT),
        local.bytesCopied(),
        local::close);
  }

  /** Spark's file system settings, or Hadoop's own outside Spark. */
  private static Configuration hadoop() {
    SparkEnv environment = SparkEnv.get();
    return environment == null
        ? new Configuration()
        : SparkHadoopUtil.get().newConfiguration(environment.conf());
  }

  public Path directory() {
    return directory;
  }

  /** How it came here: {@code demo}, {@code in_place}, {@code found} or {@code copied}. */
  String source() {
    return source;
  }

  long bytesCopied() {
    return bytesCopied;
  }

  @Override
  public void close() {
    release.run();
  }
}

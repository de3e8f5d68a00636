package io.bingoguard.cache;

import io.bingoguard.guard.GuardErrors;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A model directory on this host. As long as it is open, in any process, its copy is not removed to
 * make room; the files may be mapped for as long.
 */
public final class LocalModel implements AutoCloseable {
  /** How a model came to this host. */
  public enum Origin {
    /** It lies on a local file system and is used where it is. */
    IN_PLACE,
    /** An earlier copy was there. */
    FOUND,
    /** It, or the part of it that was missing, was copied now. */
    COPIED
  }

  /**
   * What bringing a model here took.
   *
   * @param bytes that were copied
   * @param seconds waiting for others included
   */
  record Effort(Origin origin, long bytes, double seconds) {}

  private final Path directory;
  private final Optional<BundleManifest> manifest;
  private final Effort effort;
  private final Closeable use;
  private final AtomicBoolean closed = new AtomicBoolean();

  LocalModel(Path directory, Optional<BundleManifest> manifest, Effort effort, Closeable use) {
    this.directory = directory;
    this.manifest = manifest;
    this.effort = effort;
    this.use = use;
  }

  /** Absolute path of the model directory. */
  public Path directory() {
    return directory;
  }

  /** The model's manifest; absent for a local directory that has none. */
  public Optional<BundleManifest> manifest() {
    return manifest;
  }

  public Origin origin() {
    return effort.origin();
  }

  /** Bytes that were copied for this call; less than the model's after a resumed copy. */
  public long bytesCopied() {
    return effort.bytes();
  }

  /** Seconds from the call until the model could be used, waiting for others included. */
  public double seconds() {
    return effort.seconds();
  }

  /** Gives the model back; further calls do nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        use.close();
      } catch (IOException e) {
        throw GuardErrors.cacheUnusable(directory, e);
      }
    }
  }
}

package io.bingoguard.cache;

import io.bingoguard.bundle.BundleManifest;
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
    /** It came with the program and was unpacked. */
    DEMO,
    /** It lies on a local file system and is used where it is. */
    IN_PLACE,
    /** An earlier copy was there. */
    FOUND,
    /** It, or the part of it that was missing, was copied now. */
    COPIED
  }

  private final Path directory;
  private final Optional<BundleManifest> manifest;
  private final Origin origin;
  private final long bytesCopied;
  private final Closeable use;
  private final AtomicBoolean closed = new AtomicBoolean();

  LocalModel(
      Path directory,
      Optional<BundleManifest> manifest,
      Origin origin,
      long bytesCopied,
      Closeable use) {
    this.directory = directory;
    this.manifest = manifest;
    this.origin = origin;
    this.bytesCopied = bytesCopied;
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
    return origin;
  }

  /** Bytes that were copied for this call; less than the model's after a resumed copy. */
  public long bytesCopied() {
    return bytesCopied;
  }

  /** Gives the model back; further calls do nothing. */
  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        use.close();
      } catch (IOException e) {
        throw CacheErrors.cacheUnusable(directory, e);
      }
    }
  }
}

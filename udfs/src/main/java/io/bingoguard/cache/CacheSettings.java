package io.bingoguard.cache;

import java.nio.file.Path;

/**
 * How models are kept on a host.
 *
 * @param directory absolute local path, the same for all processes of a host that are to share
 * @param maxBytes most that all models in it may take
 * @param copyThreads ranges of a model that are copied at once
 */
public record CacheSettings(Path directory, long maxBytes, int copyThreads) {
  public CacheSettings {
    if (!directory.isAbsolute()) {
      throw new IllegalArgumentException("not absolute: " + directory);
    }
    if (maxBytes < 1 || copyThreads < 1) {
      throw new IllegalArgumentException("not positive: " + maxBytes + ", " + copyThreads);
    }
  }
}

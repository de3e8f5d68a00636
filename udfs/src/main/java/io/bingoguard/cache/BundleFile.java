package io.bingoguard.cache;

import io.bingoguard.model.Checkpoint;
import io.bingoguard.model.FileDigests;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/**
 * A file of a bundle, as its manifest lists it.
 *
 * @param name plain file name in printable ASCII, which every file system can spell; cannot lead
 *     out of a directory
 * @param size in bytes
 * @param sha256 64 hexadecimal digits in lower case
 */
public record BundleFile(String name, long size, String sha256) {
  private static final int MAX_NAME = 200;

  /** Refuses, with an {@code IllegalArgumentException}, what a manifest may not list. */
  public BundleFile {
    boolean plain =
        !name.isEmpty()
            && name.length() <= MAX_NAME
            && !name.equals(".")
            && !name.equals("..")
            && printable(name)
            && name.chars().noneMatch(c -> c == '/' || c == '\\' || c == ':');
    if (!plain) {
      throw new IllegalArgumentException("it lists '" + name + "', which is no plain file name");
    }
    if (size < 0) {
      throw new IllegalArgumentException("size of " + name + " is " + size);
    }
    sha256 = sha256.toLowerCase(Locale.ROOT);
    if (!sha256.matches("[0-9a-f]{64}")) {
      throw new IllegalArgumentException("sha256 of " + name + " is no 64 hex digits");
    }
  }

  /** A file on disk, read once for its digest. */
  static BundleFile of(Path file) {
    try {
      return new BundleFile(
          file.getFileName().toString(), Files.size(file), FileDigests.sha256(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Whether it holds weights: these are large, and only the engine reads them. */
  boolean isWeights() {
    return name.endsWith(Checkpoint.WEIGHTS_SUFFIX);
  }

  static boolean printable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}

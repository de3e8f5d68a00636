package io.bingoguard.bundle;

import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

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
      return new BundleFile(file.getFileName().toString(), Files.size(file), Sha256.of(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What is wrong with the file of this name in a directory: {@code MODEL_FILE_MISSING} or {@code
   * MODEL_FILE_TAMPERED}; nothing if it has the size and, where that is asked for, the digest.
   *
   * @param digests whether to read the file for its digest
   */
  public Optional<GuardException> difference(Path directory, boolean digests) {
    Path file = directory.resolve(name);
    try {
      if (!Files.isRegularFile(file)) {
        return Optional.of(missingFrom(directory.toString()));
      }
      if (Files.size(file) != size) {
        return Optional.of(hasOtherSize(file.toString(), Files.size(file)));
      }
      String digest = digests ? Sha256.of(file) : sha256;
      return digest.equals(sha256)
          ? Optional.empty()
          : Optional.of(hasOtherDigest(file.toString(), digest));
    } catch (IOException e) {
      throw BundleErrors.modelFileUnreadable(file, e);
    }
  }

  /** The error of a directory that lacks the file, whatever file system it is on. */
  public GuardException missingFrom(String directory) {
    return BundleErrors.modelFileMissing(directory, name);
  }

  /** The error of a file that has another size. */
  public GuardException hasOtherSize(String file, long bytes) {
    return BundleErrors.modelFileTampered(file, bytes + " bytes", size + " bytes");
  }

  /** The error of a file that has another digest. */
  public GuardException hasOtherDigest(String file, String digest) {
    return BundleErrors.modelFileTampered(file, "SHA-256 " + digest, "SHA-256 " + sha256);
  }

  /** Whether it holds weights: these are large, and only the engine reads them. */
  public boolean isWeights() {
    return name.endsWith(Checkpoint.WEIGHTS_SUFFIX);
  }

  static boolean printable(String text) {
    return text.chars().allMatch(c -> c >= ' ' && c <= '~');
  }
}

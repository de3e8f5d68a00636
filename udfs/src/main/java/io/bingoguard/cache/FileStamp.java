package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What tells cheaply that a file is still the one whose digest was computed.
 *
 * @param size in bytes
 * @param modified when it was last written, in ISO 8601, as exactly as the file system knows
 */
record FileStamp(long size, String modified) {

  /**
   * The stamp of a file that is what its manifest says; absent for any other. The stamp is taken
   * first: a file that is changed while its digest is computed does not keep it.
   */
  static Optional<FileStamp> ofIntact(Path file, BundleFile listed) throws IOException {
    Optional<FileStamp> stamp = of(file).filter(found -> found.size() == listed.size());
    return stamp.isPresent() && Sha256.of(file).equals(listed.sha256()) ? stamp : Optional.empty();
  }

  /** The stamp of a plain file; absent for anything else. */
  static Optional<FileStamp> of(Path file) throws IOException {
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
    return Optional.of(new FileStamp(attributes.size(), attributes.lastModifiedTime().toString()));
  }
}

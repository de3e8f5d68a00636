package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Copies what a driver needs of a model, which is everything but its weights. */
final class SmallCopy {
  /** Tokenizers and indices have tens of megabytes. */
  private static final long MAX_BYTES = 1L << 30;

  private final ModelSource source;
  private final BundleManifest manifest;
  private long copied;

  SmallCopy(ModelSource source, BundleManifest manifest) {
    this.source = source;
    this.manifest = manifest;
  }

  /**
   * Copies into an empty directory, and checks every digest and that all digests together give the
   * manifest's revision.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_TAMPERED}, {@code MODEL_MANIFEST_INVALID}
   */
  void copyTo(Path directory) throws IOException {
    List<BundleFile> small = manifest.files().stream().filter(file -> !file.isWeights()).toList();
    if (small.stream().mapToLong(BundleFile::size).sum() > MAX_BYTES) {
      throw CacheErrors.manifestInvalid(
          source.manifestName(), "files other than weights have more than " + MAX_BYTES + " bytes");
    }
    for (BundleFile file : small) {
      source.checkSize(file);
      copy(file, directory.resolve(file.name()));
    }
    manifest.checkRevision(source.manifestName(), directory);
    Files.writeString(directory.resolve(BundleManifest.FILE_NAME), manifest.toJson());
  }

  long copiedBytes() {
    return copied;
  }

  private void copy(BundleFile file, Path to) throws IOException {
    try (InputStream in = source.open(file)) {
      copied += Files.copy(in, to);
    }
    String digest = Sha256.of(to);
    if (!digest.equals(file.sha256())) {
      throw file.hasOtherDigest(source.fileName(file.name()), digest);
    }
  }
}

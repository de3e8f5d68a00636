package io.bingoguard.doctor;

import io.bingoguard.cache.BundleFile;
import io.bingoguard.cache.BundleManifest;
import io.bingoguard.guard.GuardException;
import io.bingoguard.model.FileDigests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Compares the files of a model directory with its manifest, if it has one. */
final class BundleFiles {
  private static final String MANIFEST = BundleManifest.FILE_NAME;
  private static final String NAME = "model files";
  private static final String REMEDY = "copy the model again from where it came from";

  private BundleFiles() {}

  /** Reads every file once; one check for each that is not as it was. */
  static List<Check> compare(Path directory) {
    List<Check> wrong = new ArrayList<>();
    int files = 0;
    try {
      Optional<BundleManifest> manifest = BundleManifest.read(directory);
      if (manifest.isEmpty()) {
        return List.of(
            Check.warning(
                NAME,
                "no " + MANIFEST + " to compare them with",
                "make the directory with the command bundle, which writes one"));
      }
      for (BundleFile file : manifest.get().files()) {
        files++;
        compare(directory, file).ifPresent(wrong::add);
      }
    } catch (IOException e) {
      wrong.add(Check.failed(NAME, "cannot be compared: " + e, REMEDY));
    } catch (GuardException e) {
      wrong.add(Check.failed(NAME, e));
    }
    return wrong.isEmpty()
        ? List.of(Check.ok(NAME, files + " files as in " + MANIFEST + ", by size and SHA-256"))
        : wrong;
  }

  private static Optional<Check> compare(Path directory, BundleFile listed) throws IOException {
    Path file = directory.resolve(listed.name());
    if (!Files.isRegularFile(file)) {
      return Optional.of(Check.failed(NAME, listed.name() + " is missing", REMEDY));
    }
    long size = Files.size(file);
    if (size != listed.size()) {
      return Optional.of(
          Check.failed(
              NAME,
              "%s has %d bytes, %s says %d".formatted(listed.name(), size, MANIFEST, listed.size()),
              REMEDY));
    }
    String digest = FileDigests.sha256(file);
    return digest.equals(listed.sha256())
        ? Optional.empty()
        : Optional.of(
            Check.failed(
                NAME,
                "%s has SHA-256 %s, not that of %s".formatted(listed.name(), digest, MANIFEST),
                REMEDY));
  }
}

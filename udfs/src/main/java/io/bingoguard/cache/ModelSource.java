package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.bundle.ModelRef;
import java.io.FileNotFoundException;
import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Where a model comes from: a directory on a file system of Hadoop's. */
final class ModelSource {
  private final FileSystem files;
  private final Path directory;

  private ModelSource(FileSystem files, Path directory) {
    this.files = files;
    this.directory = directory;
  }

  /**
   * The source of a model.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_UNREACHABLE}
   */
  static ModelSource of(ModelRef.Remote model, Configuration hadoop) {
    try {
      Path path = new Path(model.uri());
      return new ModelSource(path.getFileSystem(hadoop), path);
    } catch (IOException | RuntimeException e) {
      // Hadoop throws unchecked ones too, such as for a file system whose jar is missing.
      throw CacheErrors.modelUnreachable(model.uri(), e);
    }
  }

  /** Last part of the path. */
  String name() {
    return directory.getName();
  }

  /**
   * The manifest of a directory that must have one.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_MANIFEST_MISSING}, {@code
   *     MODEL_MANIFEST_INVALID}, {@code MODEL_UNREACHABLE}
   */
  BundleManifest manifest() {
    try {
      return BundleManifest.read(files, directory)
          .orElseThrow(() -> CacheErrors.manifestMissing(toString()));
    } catch (IOException e) {
      throw CacheErrors.modelUnreachable(toString(), e);
    }
  }

  /** What to call the manifest in an error. */
  String manifestName() {
    return fileName(BundleManifest.FILE_NAME);
  }

  /** What to call a file in an error. */
  String fileName(String name) {
    return new Path(directory, name).toString();
  }

  FSDataInputStream open(BundleFile file) throws IOException {
    return files.open(new Path(directory, file.name()));
  }

  /**
   * Refuses a file that is missing or has another size than the manifest says; nothing is read.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_MISSING}, {@code
   *     MODEL_FILE_TAMPERED}
   */
  void checkSize(BundleFile file) throws IOException {
    try {
      FileStatus status = files.getFileStatus(new Path(directory, file.name()));
      if (!status.isFile() || status.getLen() != file.size()) {
        throw file.hasOtherSize(fileName(file.name()), status.getLen());
      }
    } catch (FileNotFoundException e) {
      throw file.missingFrom(toString());
    }
  }

  @Override
  public String toString() {
    return directory.toString();
  }
}

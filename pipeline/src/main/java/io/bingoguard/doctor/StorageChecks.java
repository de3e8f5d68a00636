package io.bingoguard.doctor;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/** Whether this user can read an input and write an output, on any file system of Hadoop's. */
final class StorageChecks {
  private static final String ACCESS =
      "check the path, its scheme, and this user's permissions or credentials";

  private final Configuration hadoop;

  StorageChecks(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** Lists the input and reads the beginning of one file. */
  Check input(String location) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      Optional<FileStatus> file = firstFile(files, files.getFileStatus(path));
      if (file.isEmpty()) {
        return Check.warning(
            "input", location + " can be listed and holds no file", "check the path");
      }
      try (InputStream in = files.open(file.get().getPath())) {
        in.read();
      }
      return Check.ok(
          "input", "%s can be read (%s)".formatted(location, file.get().getPath().getName()));
    } catch (FileNotFoundException e) {
      return Check.failed("input", location + " does not exist", ACCESS);
    } catch (IOException | IllegalArgumentException e) {
      return Check.failed("input", location + " cannot be read: " + firstLine(e), ACCESS);
    }
  }

  /**
   * Writes a small file into the output, or into its nearest parent that exists, and deletes it.
   */
  Check output(String location) {
    try {
      Path path = new Path(location);
      FileSystem files = path.getFileSystem(hadoop);
      FileStatus there = nearest(files, files.makeQualified(path));
      if (there.isFile()) {
        return Check.failed(
            "output",
            there.getPath() + " is a file",
            "name a directory, or a path that does not exist");
      }
      Path file = new Path(there.getPath(), "_bingoguard-doctor-" + UUID.randomUUID());
      try (FSDataOutputStream out = files.create(file, false)) {
        out.write("written by doctor".getBytes(StandardCharsets.UTF_8));
      } finally {
        files.delete(file, false);
      }
      return Check.ok("output", there.getPath() + " can be written");
    } catch (IOException | IllegalArgumentException e) {
      return Check.failed("output", location + " cannot be written: " + firstLine(e), ACCESS);
    }
  }

  private static FileStatus nearest(FileSystem files, Path path) throws IOException {
    Path at = path;
    while (at.getParent() != null && !files.exists(at)) {
      at = at.getParent();
    }
    return files.getFileStatus(at);
  }

  private static Optional<FileStatus> firstFile(FileSystem files, FileStatus at)
      throws IOException {
    if (at.isFile()) {
      return Optional.of(at);
    }
    List<FileStatus> folders = new ArrayList<>();
    for (FileStatus entry : files.listStatus(at.getPath())) {
      String name = entry.getPath().getName();
      if (name.startsWith(".") || name.startsWith("_")) {
        continue;
      }
      if (entry.isFile()) {
        return Optional.of(entry);
      }
      folders.add(entry);
    }
    for (FileStatus folder : folders) {
      Optional<FileStatus> found = firstFile(files, folder);
      if (found.isPresent()) {
        return found;
      }
    }
    return Optional.empty();
  }

  private static String firstLine(Exception e) {
    return Arrays.stream(e.toString().split("\\R", 2)).findFirst().orElse("");
  }
}

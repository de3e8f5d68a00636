package io.bingoguard.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.RawLocalFileSystem;

/** A local folder, of which Hadoop's listing leaves out or repeats some files without a word. */
final class LocalFolder {
  private final String input;
  private final RawLocalFileSystem system;
  private final Path folder;

  /**
   * A folder.
   *
   * @param input as the user gave it
   */
  LocalFolder(String input, RawLocalFileSystem system, org.apache.hadoop.fs.Path folder) {
    this.input = input;
    this.system = system;
    this.folder = system.pathToFile(folder).toPath();
  }

  /**
   * Every file below the folder, also through links. A link that leads nowhere is one too, and is
   * told by {@link FileStatus#isSymlink}.
   *
   * @throws io.bingoguard.guard.GuardException SOURCE_UNREADABLE for a link that leads back to a
   *     folder around it, and for a name that Java cannot spell in the character set of its locale
   */
  List<FileStatus> files() throws IOException {
    List<FileStatus> files = new ArrayList<>();
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            requireSpelt(inner);
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            requireSpelt(file);
            try {
              files.add(status(file, attributes));
            } catch (FileNotFoundException gone) {
              // Whoever writes files moves and deletes them too.
              return FileVisitResult.CONTINUE;
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof FileSystemLoopException) {
              throw SourceErrors.linkLoop(input, file.toString());
            }
            if (failure instanceof NoSuchFileException && !file.equals(folder)) {
              return FileVisitResult.CONTINUE;
            }
            throw failure;
          }
        });
    return files;
  }

  private FileStatus status(Path file, BasicFileAttributes attributes) throws IOException {
    // In parts, since a name may have a colon.
    org.apache.hadoop.fs.Path path =
        new org.apache.hadoop.fs.Path(system.getUri().getScheme(), null, file.toString());
    if (!attributes.isSymbolicLink()) {
      return system.getFileStatus(path);
    }
    long modified = attributes.lastModifiedTime().toMillis();
    // Where the link leads is of no use to Hadoop.
    return new FileStatus(0, false, 1, 0, modified, 0, null, null, null, path, path);
  }

  private void requireSpelt(Path file) {
    if (!isSpelt(file)) {
      throw SourceErrors.nameNotSpelt(input, file.toString());
    }
  }

  private static boolean isSpelt(Path file) {
    try {
      return Path.of(file.toString()).equals(file);
    } catch (InvalidPathException unmappable) {
      return false;
    }
  }

  /**
   * Those of some files below the folder that are one of the others under a further name, to which
   * a link leads. A file's own name comes before those by links, and of these the first.
   */
  List<FileStatus> repeated(List<FileStatus> files) throws IOException {
    Path real = folder.toRealPath();
    List<FileStatus> linked = new ArrayList<>();
    Map<Path, FileStatus> kept = new HashMap<>();
    for (FileStatus status : files) {
      Path file = file(status);
      Path target = target(file);
      if (target.equals(real.resolve(folder.relativize(file)))) {
        kept.put(target, status);
      } else if (!status.isSymlink()) {
        linked.add(status);
      }
    }
    linked.sort(Comparator.comparing(FileStatus::getPath));
    linked.removeIf(status -> kept.putIfAbsent(target(file(status)), status) == null);
    return linked;
  }

  private Path file(FileStatus status) {
    return system.pathToFile(status.getPath()).toPath();
  }

  private static Path target(Path file) {
    try {
      return file.toRealPath();
    } catch (IOException gone) {
      return file;
    }
  }
}

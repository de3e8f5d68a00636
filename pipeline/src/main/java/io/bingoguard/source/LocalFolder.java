package io.bingoguard.source;

import java.io.IOException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;

/** What of a local folder Hadoop's listing leaves out or repeats without a word. */
final class LocalFolder {
  private LocalFolder() {}

  /**
   * Looks at everything below a folder.
   *
   * @throws io.bingoguard.guard.GuardException SOURCE_UNREADABLE for a link that leads back to a
   *     folder around it, and for a name that Java cannot spell in the character set of its locale
   */
  static void refuse(String input, Path folder) throws IOException {
    Files.walkFileTree(
        folder,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        Integer.MAX_VALUE,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path inner, BasicFileAttributes attributes) {
            return visitFile(inner, attributes);
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
            if (!isSpelt(file)) {
              throw SourceErrors.nameNotSpelt(input, file.toString());
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException failure)
              throws IOException {
            if (failure instanceof FileSystemLoopException) {
              throw SourceErrors.linkLoop(input, file.toString());
            }
            throw failure;
          }
        });
  }

  private static boolean isSpelt(Path file) {
    try {
      return Path.of(file.toString()).equals(file);
    } catch (InvalidPathException unmappable) {
      return false;
    }
  }
}

package io.bingoguard.cli;

import static java.nio.file.StandardOpenOption.APPEND;
import static java.nio.file.StandardOpenOption.CREATE;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Optional;

/** Local files that a command writes at its end. */
final class OutputFile {
  private OutputFile() {}

  /**
   * A run of hours must not end without its result: the file is opened before anything runs.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_FILE_NOT_WRITABLE
   */
  static void refuseUnwritable(Path file) {
    try {
      Path absolute = inItsFolder(file);
      boolean there = Files.exists(absolute);
      Files.newOutputStream(absolute, CREATE, APPEND).close();
      if (!there) {
        Files.delete(absolute);
      }
    } catch (IOException e) {
      throw CommandErrors.outputFileNotWritable(file.toString(), e);
    }
  }

  /**
   * Deletes a file, so that nobody takes what another run wrote for this one's; what is no plain
   * file stays.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_FILE_NOT_WRITABLE
   */
  static void deleteOlder(Path file) {
    try {
      if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw CommandErrors.outputFileNotWritable(file.toString(), e);
    }
  }

  /**
   * Writes a file, its folders too.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_FILE_NOT_WRITABLE
   */
  static void write(Path file, String text) {
    try {
      Path absolute = inItsFolder(file);
      Files.writeString(absolute, text);
    } catch (IOException e) {
      throw CommandErrors.outputFileNotWritable(file.toString(), e);
    }
  }

  /** The root is a folder without a parent, and no file. */
  private static Path inItsFolder(Path file) throws IOException {
    Path absolute = file.toAbsolutePath();
    Files.createDirectories(Optional.ofNullable(absolute.getParent()).orElse(absolute));
    return absolute;
  }
}

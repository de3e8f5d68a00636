package io.bingoguard.files;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;

/**
 * A folder that one process has for itself, and says so by a lock on a file in it: the system gives
 * the lock up when the process ends, however it ends. The file is locked before it gets its name,
 * so one that has the name and is not locked is that of a dead process.
 */
final class ClaimedFolder {
  /** What names of such folders begin with. */
  static final String PREFIX = "bingoguard-process-";

  private static final String LOCK = "lock";

  private final Path path;
  private final FileChannel lock;

  private ClaimedFolder(Path path, FileChannel lock) {
    this.path = path;
    this.lock = lock;
  }

  /** A new folder. */
  static ClaimedFolder in(Path parent) throws IOException {
    String prefix = PREFIX + ProcessHandle.current().pid() + "-";
    return of(Files.createTempDirectory(parent, prefix));
  }

  /** A folder that was made for this process; made again should it be gone. */
  static ClaimedFolder of(Path folder) throws IOException {
    Files.createDirectories(folder);
    Path unnamed = Files.createTempFile(folder, LOCK, ".new");
    FileChannel channel = FileChannel.open(unnamed, StandardOpenOption.WRITE);
    try {
      channel.lock();
      Files.move(unnamed, folder.resolve(LOCK), StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      channel.close();
      throw e;
    }
    return new ClaimedFolder(folder, channel);
  }

  /**
   * The folder of a process that is dead, taken over so that nobody else removes it too. Not to be
   * asked for a folder of this process: its own lock would be given up.
   */
  static Optional<ClaimedFolder> ofDead(Path folder) throws IOException {
    Path file = folder.resolve(LOCK);
    if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
      return Optional.empty();
    }
    FileChannel channel =
        FileChannel.open(file, StandardOpenOption.WRITE, LinkOption.NOFOLLOW_LINKS);
    if (channel.tryLock() == null) {
      channel.close();
      return Optional.empty();
    }
    return Optional.of(new ClaimedFolder(folder, channel));
  }

  Path path() {
    return path;
  }

  /**
   * Removes the folder, the lock's file last: what is left by a failure before is still known for a
   * dead process's.
   */
  void remove() throws IOException {
    try (lock) {
      try (DirectoryStream<Path> entries =
          Files.newDirectoryStream(path, entry -> !entry.endsWith(LOCK))) {
        for (Path entry : entries) {
          Folders.delete(entry);
        }
      }
      Folders.delete(path);
    }
  }
}

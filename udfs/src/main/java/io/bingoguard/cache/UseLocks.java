package io.bingoguard.cache;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.Map;

/**
 * Says on a whole host that a model is in use: a shared lock on a file, held once by each JVM for
 * all its users. Callers hold the model's {@link HostLock}, so that nobody begins to use what
 * another is about to remove.
 */
final class UseLocks {
  private static final class Use {
    private final FileChannel channel;
    private int users;

    Use(FileChannel channel) {
      this.channel = channel;
    }
  }

  private static final Map<Path, Use> OPEN = new HashMap<>();

  private UseLocks() {}

  /** Marks as used until the result is closed, which must happen once. */
  static synchronized Closeable share(Path file) throws IOException {
    Use use = OPEN.get(file);
    if (use == null) {
      use = new Use(lock(file));
      OPEN.put(file, use);
    }
    use.users++;
    return () -> giveBack(file);
  }

  /** Whether no process uses it, this one included. */
  static synchronized boolean isFree(Path file) throws IOException {
    // Opening and closing the file again would give up the lock that this JVM has.
    if (OPEN.containsKey(file)) {
      return false;
    }
    try (FileChannel channel = open(file)) {
      return channel.tryLock() != null;
    }
  }

  private static synchronized void giveBack(Path file) throws IOException {
    Use use = OPEN.get(file);
    use.users--;
    if (use.users == 0) {
      OPEN.remove(file);
      use.channel.close();
    }
  }

  private static FileChannel lock(Path file) throws IOException {
    FileChannel channel = open(file);
    FileLock lock = channel.tryLock(0, Long.MAX_VALUE, true);
    if (lock == null) {
      channel.close();
      throw new IOException(file + " is locked by a process that does not follow the rules");
    }
    return channel;
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }
}

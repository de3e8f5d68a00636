package io.bingoguard.cache;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/**
 * Mutual exclusion among all threads and processes of a host. A file lock belongs to a whole JVM,
 * and closing any channel on the file gives it up, so only the one thread of a JVM that holds its
 * lock in memory opens the file. Lock files stay: one that is removed would be locked by one
 * process and made anew by the next.
 */
final class HostLock {
  /** What is done under a lock. */
  @FunctionalInterface
  interface Action<T> {
    T run() throws IOException;
  }

  // The kernel looks for deadlocks among processes, not threads, and would refuse waits that are
  // none; so a process asks again instead of waiting inside the kernel.
  private static final long ASK_AGAIN_MILLIS = 50;
  private static final int SIGNATURE_BYTES = 200;

  private static final ConcurrentMap<Path, ReentrantLock> IN_JVM = new ConcurrentHashMap<>();

  private HostLock() {}

  /**
   * Waits for the lock and runs an action under it.
   *
   * @param onWait told once whom this waits for, if it has to wait
   */
  static <T> T hold(Path file, Consumer<String> onWait, Action<T> action) throws IOException {
    ReentrantLock inJvm = inJvm(file);
    try {
      boolean waited = !inJvm.tryLock();
      if (waited) {
        onWait.accept("another thread of this process");
        inJvm.lockInterruptibly();
      }
      try (FileChannel channel = open(file)) {
        await(channel, waited ? holder -> {} : onWait);
        sign(channel);
        return action.run();
      } finally {
        inJvm.unlock();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted while waiting for " + file.getFileName());
    }
  }

  /** Runs an action under the lock if nobody has it; otherwise empty. */
  static <T> Optional<T> holdIfFree(Path file, Action<T> action) throws IOException {
    ReentrantLock inJvm = inJvm(file);
    if (!inJvm.tryLock()) {
      return Optional.empty();
    }
    try (FileChannel channel = open(file)) {
      FileLock lock = channel.tryLock();
      if (lock == null) {
        return Optional.empty();
      }
      sign(channel);
      return Optional.of(action.run());
    } finally {
      inJvm.unlock();
    }
  }

  private static ReentrantLock inJvm(Path file) {
    return IN_JVM.computeIfAbsent(file, path -> new ReentrantLock());
  }

  private static FileChannel open(Path file) throws IOException {
    return FileChannel.open(
        file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
  }

  /** Closing the channel gives the lock back. */
  private static void await(FileChannel channel, Consumer<String> onWait)
      throws IOException, InterruptedException {
    if (channel.tryLock() != null) {
      return;
    }
    onWait.accept(holder(channel));
    do {
      TimeUnit.MILLISECONDS.sleep(ASK_AGAIN_MILLIS);
    } while (channel.tryLock() == null);
  }

  private static void sign(FileChannel channel) throws IOException {
    channel.truncate(0);
    String signature = "process " + ProcessHandle.current().pid();
    channel.write(ByteBuffer.wrap(signature.getBytes(StandardCharsets.US_ASCII)), 0);
  }

  private static String holder(FileChannel channel) throws IOException {
    ByteBuffer signature = ByteBuffer.allocate(SIGNATURE_BYTES);
    channel.read(signature, 0);
    String holder = StandardCharsets.US_ASCII.decode(signature.flip()).toString();
    return holder.isEmpty() ? "another process" : holder;
  }
}

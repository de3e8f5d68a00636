package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.hadoop.fs.FSDataInputStream;

/**
 * Copies files of a model into a {@link PartialCopy}, several ranges at once, and computes each
 * file's digest as soon as all of it is there.
 */
final class BundleCopy {
  private static final int CHUNK_BYTES = 1 << 20;

  private final ModelSource source;
  private final PartialCopy target;
  private final int threads;
  private final AtomicLong copied = new AtomicLong();
  private final Map<String, FileStamp> verified = new ConcurrentHashMap<>();

  BundleCopy(ModelSource source, PartialCopy target, int threads) {
    this.source = source;
    this.target = target;
    this.threads = threads;
  }

  /**
   * Copies what is not there yet. A file of which an earlier attempt left a part is copied once
   * more if it is not what the manifest says: the part may have been damaged on this host.
   *
   * @return the stamps of all files, by name
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_TAMPERED}
   */
  Map<String, FileStamp> copy(List<BundleFile> files) throws IOException {
    List<BundleFile> again = pass(files);
    for (BundleFile file : again) {
      target.forget(file);
    }
    pass(again);
    return Map.copyOf(verified);
  }

  /** Bytes that were copied, in all. */
  long copiedBytes() {
    return copied.get();
  }

  /** Copies and verifies; what has to be copied again is returned. */
  private List<BundleFile> pass(List<BundleFile> files) throws IOException {
    Queue<BundleFile> again = new ConcurrentLinkedQueue<>();
    List<Callable<Void>> tasks = new ArrayList<>();
    for (BundleFile file : files) {
      dropIfCutOff(file);
      List<Integer> missing = new ArrayList<>();
      for (int range = 0; range < target.ranges(file); range++) {
        if (!target.isFinished(file, range)) {
          missing.add(range);
        }
      }
      boolean resumed = missing.size() < target.ranges(file);
      AtomicInteger left = new AtomicInteger(missing.size());
      for (int range : missing) {
        tasks.add(
            () -> {
              copyRange(file, range);
              if (left.decrementAndGet() == 0) {
                verify(file, resumed, again);
              }
              return null;
            });
      }
      if (missing.isEmpty()) {
        tasks.add(
            () -> {
              verify(file, resumed, again);
              return null;
            });
      }
    }
    Parallel.run(threads, tasks);
    return List.copyOf(again);
  }

  /** The journal may outlive the file, or a part of it, when somebody cleans up. */
  private void dropIfCutOff(BundleFile file) throws IOException {
    int last = target.ranges(file) - 1;
    while (last >= 0 && !target.isFinished(file, last)) {
      last--;
    }
    if (last >= 0) {
      long needed = target.offset(last) + target.length(file, last);
      if (!Files.exists(target.file(file)) || Files.size(target.file(file)) < needed) {
        target.forget(file);
      }
    }
  }

  private void copyRange(BundleFile file, int range) throws IOException {
    long offset = target.offset(range);
    long length = target.length(file, range);
    try (FileChannel out =
        FileChannel.open(target.file(file), StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      if (length > 0) {
        try (FSDataInputStream in = source.open(file)) {
          transfer(in, out, offset, length);
        }
      }
      out.force(true);
    } catch (IOException e) {
      // Not its cause: of a chain of causes only the last one is told, which does not name the
      // file.
      IOException named =
          new IOException(
              "bytes %d to %d of %s: %s".formatted(offset, offset + length, file.name(), e));
      named.addSuppressed(e);
      throw named;
    }
    target.finish(file, range);
  }

  private void transfer(FSDataInputStream in, FileChannel out, long offset, long length)
      throws IOException {
    byte[] chunk = new byte[(int) Math.min(CHUNK_BYTES, length)];
    for (long done = 0; done < length; ) {
      int count = (int) Math.min(chunk.length, length - done);
      in.readFully(offset + done, chunk, 0, count);
      ByteBuffer bytes = ByteBuffer.wrap(chunk, 0, count);
      while (bytes.hasRemaining()) {
        done += out.write(bytes, offset + done);
      }
      copied.addAndGet(count);
    }
  }

  private void verify(BundleFile file, boolean resumed, Queue<BundleFile> again)
      throws IOException {
    FileStamp stamp =
        FileStamp.of(target.file(file))
            .orElseThrow(() -> new IOException(file.name() + " has vanished"));
    String digest = Sha256.of(target.file(file));
    if (stamp.size() == file.size() && digest.equals(file.sha256())) {
      verified.put(file.name(), stamp);
    } else if (resumed) {
      again.add(file);
    } else {
      target.forget(file);
      String name = source.fileName(file.name());
      throw stamp.size() == file.size()
          ? file.hasOtherDigest(name, digest)
          : file.hasOtherSize(name, stamp.size());
    }
  }
}

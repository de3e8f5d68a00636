package io.bingoguard.source;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.CommonPathCapabilities;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.RowFactory;

/**
 * Leaves out the last line of files of JSON Lines that somebody may still be writing: one without a
 * line feed that is no record. When the file goes on it has changed, and the line is read then;
 * when it does not, the line is read as it is as soon as the file is old enough.
 */
final class UnfinishedLines {
  /** A file that was changed longer ago is taken for complete: writers may pause. */
  private static final Duration SETTLED = Duration.ofDays(1);

  /** A longer line is not looked at, and read as it is. */
  private static final int MOST_BYTES = 16 << 20;

  private static final int CHUNK_BYTES = 1 << 16;
  private static final int THREADS = 32;

  private final Configuration hadoop;
  private final Map<DataFile, DataFile> known = new ConcurrentHashMap<>();

  UnfinishedLines(Configuration hadoop) {
    this.hadoop = hadoop;
  }

  /** The same files, each as long as the lines of it that are read. */
  List<DataFile> without(List<DataFile> files) {
    long settled = System.currentTimeMillis() - SETTLED.toMillis();
    lookAt(
        files.stream()
            .filter(file -> file.modified() > settled && file.length() > 0)
            .filter(file -> !TextCodecs.isPackedName(file.path()))
            .filter(file -> !known.containsKey(file))
            .toList());
    return files.stream()
        .map(file -> file.modified() > settled ? known.getOrDefault(file, file) : file)
        .toList();
  }

  /** Paths of the files of which the last line was left out. */
  Set<String> files() {
    Set<String> files = new TreeSet<>();
    known.forEach(
        (file, read) -> {
          if (read.length() < file.length()) {
            files.add(file.path());
          }
        });
    return files;
  }

  private void lookAt(List<DataFile> files) {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<?>> looks = new ArrayList<>();
      files.forEach(file -> looks.add(threads.submit(() -> known.put(file, finished(file)))));
      for (Future<?> look : looks) {
        look.get();
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while looking at the ends of files", stopped);
    } catch (ExecutionException failed) {
      throw new IllegalStateException(failed);
    } finally {
      threads.shutdownNow();
    }
  }

  private DataFile finished(DataFile file) {
    Path path = new Path(file.path());
    try {
      FileSystem system = ColonNames.withoutChecksums(path.getFileSystem(hadoop));
      // The objects of object stores are written at once.
      if (!system.hasPathCapability(path, CommonPathCapabilities.FS_APPEND)) {
        return file;
      }
      try (FSDataInputStream in = system.open(path)) {
        long start = lastLine(in, file.length());
        return isRecord(in, start, file.length())
            ? file
            : new DataFile(file.path(), start, file.modified());
      }
    } catch (IOException unreadable) {
      // Reading it tells why, and is what matters.
      return file;
    }
  }

  /** Where the line begins that holds the last byte, or the end where that is a line feed. */
  private static long lastLine(FSDataInputStream in, long end) throws IOException {
    byte[] chunk = new byte[CHUNK_BYTES];
    for (long to = end; to > 0 && end - to <= MOST_BYTES; ) {
      int length = (int) Math.min(chunk.length, to);
      in.readFully(to - length, chunk, 0, length);
      for (int at = length - 1; at >= 0; at--) {
        if (chunk[at] == '\n') {
          return to - length + at + 1;
        }
      }
      to -= length;
    }
    return 0;
  }

  /** Whether bytes are a record, nothing at all, or too much to say. */
  private static boolean isRecord(FSDataInputStream in, long start, long end) throws IOException {
    if (end - start > MOST_BYTES) {
      return true;
    }
    byte[] line = new byte[(int) (end - start)];
    in.readFully(start, line);
    return new JsonLineParser(Set.of())
        .parse(RowFactory.create((Object) line))
        .filter(record -> record.corrupt().isPresent())
        .isEmpty();
  }
}

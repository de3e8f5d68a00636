package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Reads the heads of files, many at a time, and each once. */
final class FileHeads {
  /** Opening a file is waiting for the storage, so there may be more threads than cores. */
  private static final int THREADS = 32;

  /** How the head of one file is read. */
  interface Reading {
    FileHead head(DataFile file) throws IOException;
  }

  private final Reading reading;
  private final Map<DataFile, FileHead> known = new ConcurrentHashMap<>();

  FileHeads(Reading reading) {
    this.reading = reading;
  }

  /**
   * The heads of files, in their order.
   *
   * @throws GuardException SOURCE_UNREADABLE that names the first file that cannot be read
   */
  Map<DataFile, FileHead> of(List<DataFile> files) {
    List<DataFile> unknown = files.stream().filter(file -> !known.containsKey(file)).toList();
    if (!unknown.isEmpty()) {
      readAll(unknown);
    }
    Map<DataFile, FileHead> heads = new LinkedHashMap<>();
    files.forEach(file -> heads.put(file, known.get(file)));
    return heads;
  }

  private void readAll(List<DataFile> files) {
    ExecutorService threads = Executors.newFixedThreadPool(Math.min(THREADS, files.size()));
    try {
      List<CompletableFuture<Void>> running =
          files.stream()
              .map(file -> CompletableFuture.runAsync(() -> known.put(file, head(file)), threads))
              .toList();
      running.forEach(CompletableFuture::join);
    } catch (CompletionException failed) {
      throw failed.getCause() instanceof GuardException known ? known : failed;
    } finally {
      threads.shutdownNow();
    }
  }

  private FileHead head(DataFile file) {
    try {
      return reading.head(file);
    } catch (GuardException known) {
      throw known;
    } catch (Exception unreadable) {
      // Parquet's own errors are runtime exceptions, Spark's are not declared.
      throw SourceErrors.fileUnreadable(file.path(), unreadable);
    }
  }
}

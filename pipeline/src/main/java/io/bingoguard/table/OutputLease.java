package io.bingoguard.table;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumFileSystem;
import org.apache.hadoop.fs.FileAlreadyExistsException;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The right to write to an output: a file in it that names its holder, who writes it anew every few
 * seconds. Where creating a file is atomic (local disks, HDFS) two can never hold it; on object
 * stores two that start in the same second might, and there the commits of Delta decide, see {@link
 * LabelsTable#append}. A holder that died is noticed at once on its own host, and elsewhere when
 * the file has not changed for {@link #EXPIRY}.
 */
public final class OutputLease implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(OutputLease.class);

  /** Time between two signs of life. */
  static final Duration BEAT = Duration.ofSeconds(5);

  /** A holder without a sign of life for so long is taken for dead. */
  static final Duration EXPIRY = Duration.ofSeconds(30);

  /** One that took longer may have been taken for a sign of death. */
  private static final Duration LONGEST_BEAT = EXPIRY.minus(BEAT.multipliedBy(2));

  private static final Duration LOOK = Duration.ofMillis(500);

  private final FileSystem files;
  private final Path file;
  private final String output;
  private final ScheduledExecutorService heart =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread thread = new Thread(task, "bingoguard-lease");
            thread.setDaemon(true);
            return thread;
          });
  private LeaseHolder self = LeaseHolder.here();
  private Future<?> beating = CompletableFuture.completedFuture(null);
  private boolean madeDirectory;
  private boolean stoodStill;
  private long lastBeat = System.nanoTime();

  private OutputLease(FileSystem files, OutputDirectory output) {
    // A checksum beside the file would be that of another beat if a process died between the two.
    this.files = files instanceof ChecksumFileSystem local ? local.getRawFileSystem() : files;
    this.file = new Path(output.lease());
    this.output = output.root();
  }

  /**
   * Takes the right, from a holder that has died too.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_IN_USE naming the process that has it, after
   *     some seconds at most; OUTPUT_UNREADABLE
   */
  public static OutputLease acquire(OutputDirectory output, Configuration hadoop) {
    try {
      Path root = new Path(output.root());
      OutputLease lease = new OutputLease(root.getFileSystem(hadoop), output);
      lease.acquire();
      lease.beating =
          lease.heart.scheduleWithFixedDelay(
              lease::beat, BEAT.toMillis(), BEAT.toMillis(), TimeUnit.MILLISECONDS);
      return lease;
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(output.root(), e);
    }
  }

  private void acquire() throws IOException {
    madeDirectory = !files.exists(file.getParent());
    boolean takenOver = false;
    while (!created()) {
      awaitDeath();
      takenOver = true;
    }
    // Two may take over at once, and an object store lets two create the file: the one that wrote
    // last has it.
    if (takenOver || !atomic()) {
      pause();
      read().filter(holder -> !ours(holder)).ifPresent(this::refuse);
    }
  }

  private boolean created() throws IOException {
    if (!atomic() && read().isPresent()) {
      return false;
    }
    files.mkdirs(file.getParent());
    try (OutputStream out = local() ? newLocalFile() : files.create(file, false)) {
      out.write(self.toJson().getBytes(StandardCharsets.UTF_8));
      return true;
    } catch (FileAlreadyExistsException | java.nio.file.FileAlreadyExistsException held) {
      return false;
    }
  }

  /** Hadoop looks whether a local file is there and then writes it, which two can do at once. */
  private OutputStream newLocalFile() throws IOException {
    return Files.newOutputStream(
        java.nio.file.Path.of(file.toUri().getPath()), StandardOpenOption.CREATE_NEW);
  }

  private boolean local() {
    return files.getUri().getScheme().equals("file");
  }

  private boolean atomic() {
    return local() || files.getUri().getScheme().equals("hdfs");
  }

  /** Returns when the holder has given the right back, or is dead and the right taken from it. */
  private void awaitDeath() throws IOException {
    Optional<String> first = text();
    long deadline = System.nanoTime() + EXPIRY.toNanos();
    while (first.isPresent()) {
      Optional<LeaseHolder> holder = LeaseHolder.ofJson(first.get());
      holder.filter(LeaseHolder::alive).ifPresent(this::refuse);
      if (holder.filter(LeaseHolder::dead).isPresent() || System.nanoTime() > deadline) {
        LOG.warn(
            "{} is taken over: {}",
            file,
            holder
                .map(dead -> "process %d on host %s has died".formatted(dead.pid(), dead.host()))
                .orElse("it names no process, and did not change"));
        files.delete(file, false);
        return;
      }
      pause();
      Optional<String> now = text();
      if (!now.equals(first)) {
        now.flatMap(LeaseHolder::ofJson).ifPresent(this::refuse);
        first = now;
      }
    }
  }

  private void refuse(LeaseHolder holder) {
    throw TableErrors.outputHeld(output, holder);
  }

  private static void pause() {
    try {
      TimeUnit.MILLISECONDS.sleep(LOOK.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while waiting for an output", e);
    }
  }

  private Optional<String> text() throws IOException {
    try {
      return Optional.of(bytes());
    } catch (FileNotFoundException free) {
      // Local files that may not be read, and folders, are told in the same words.
      return files.exists(file) ? Optional.of(bytes()) : Optional.empty();
    }
  }

  private String bytes() throws IOException {
    try (InputStream in = files.open(file)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private Optional<LeaseHolder> read() throws IOException {
    return text().flatMap(LeaseHolder::ofJson);
  }

  private boolean ours(LeaseHolder holder) {
    return holder.token().equals(self.token());
  }

  private synchronized void beat() {
    long begun = System.nanoTime();
    try {
      if (read().filter(this::ours).isPresent()) {
        self = self.next();
        try (OutputStream out = files.create(file, true)) {
          out.write(self.toJson().getBytes(StandardCharsets.UTF_8));
        }
        // Who stood still in between may have written over another that had taken the right.
        stoodStill |= System.nanoTime() - begun > LONGEST_BEAT.toNanos();
        lastBeat = begun;
      }
    } catch (IOException e) {
      LOG.debug("No sign of life could be given in {}", file, e);
    }
  }

  /**
   * Refuses to go on when another process has taken this one for dead, even if it has ended since.
   *
   * @throws io.bingoguard.guard.GuardException OUTPUT_IN_USE
   */
  public synchronized void refuseLost() {
    try {
      Optional<LeaseHolder> holder = read();
      holder.filter(other -> !ours(other)).ifPresent(this::refuse);
      if (holder.isEmpty() || stoodStill) {
        throw TableErrors.outputLost(output);
      }
    } catch (IOException e) {
      // What is written next meets the same fault, and tells it better; unless it has passed by
      // then, and another run has not waited for that.
      LOG.debug("{} could not be read", file, e);
      if (System.nanoTime() - lastBeat > EXPIRY.toNanos()) {
        throw TableErrors.outputLost(output);
      }
    }
  }

  /** Who writes to an output at the moment, in words; empty for nobody, and for who has died. */
  public static Optional<String> holder(OutputDirectory output, Configuration hadoop) {
    try {
      Path root = new Path(output.root());
      return new OutputLease(root.getFileSystem(hadoop), output)
          .read()
          .filter(holder -> !holder.dead())
          .map(
              holder ->
                  "process %d on %s, since %s"
                      .formatted(holder.pid(), holder.host(), holder.startedAt()));
    } catch (IOException e) {
      throw TableErrors.outputUnreadable(output.root(), e);
    }
  }

  @Override
  public void close() {
    beating.cancel(true);
    heart.shutdownNow();
    try {
      if (heart.awaitTermination(BEAT.toMillis(), TimeUnit.MILLISECONDS)
          && read().filter(this::ours).isPresent()) {
        files.delete(file, false);
        if (madeDirectory && files.listStatus(file.getParent()).length == 0) {
          files.delete(file.getParent(), false);
        }
      }
    } catch (IOException e) {
      LOG.warn("{} could not be removed; it is taken for a dead run's", file, e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}

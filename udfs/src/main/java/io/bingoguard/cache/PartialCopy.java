package io.bingoguard.cache;

import io.bingoguard.bundle.BundleFile;
import io.bingoguard.bundle.BundleManifest;
import io.bingoguard.files.Folders;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A copy that is being made: a folder of files with gaps, and a journal of the ranges that are on
 * the disk for certain. The journal's first line says what is copied and how much room that will
 * take; after it, {@code 3 model.safetensors} means that range 3 is done, and {@code -
 * model.safetensors} that none of the file is any more.
 */
final class PartialCopy implements AutoCloseable {
  private static final String FORMAT = "bingoguard-copy/1";
  private static final String FORGOTTEN = "-";

  private final Path folder;
  private final Path journalFile;
  private final long rangeBytes;
  private final Map<String, BitSet> finished = new HashMap<>();
  private final FileChannel journal;

  private PartialCopy(Path folder, Path journalFile, long rangeBytes, FileChannel journal) {
    this.folder = folder;
    this.journalFile = journalFile;
    this.rangeBytes = rangeBytes;
    this.journal = journal;
  }

  /** Goes on with what an earlier attempt at the same manifest left, or begins. */
  static PartialCopy open(CacheSlot slot, BundleManifest manifest, long rangeBytes)
      throws IOException {
    String header =
        "%s %s %d %d".formatted(FORMAT, manifest.sha256(), rangeBytes, manifest.totalBytes());
    List<String> lines = lines(slot.journal());
    boolean resumes = !lines.isEmpty() && lines.get(0).equals(header);
    if (!resumes) {
      Folders.delete(slot.partial());
    }
    Files.createDirectories(slot.partial());
    FileChannel journal =
        FileChannel.open(
            slot.journal(),
            resumes ? StandardOpenOption.CREATE : StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE);
    PartialCopy copy = new PartialCopy(slot.partial(), slot.journal(), rangeBytes, journal);
    if (resumes) {
      // A line that a crash cut off must not run into the next one.
      journal.truncate(lines.stream().mapToLong(line -> line.length() + 1L).sum());
      lines.stream().skip(1).forEach(copy::replay);
    } else {
      copy.append(header);
    }
    return copy;
  }

  /** Room that a copy under way has asked for, in bytes; 0 without one. */
  static long reserved(CacheSlot slot) throws IOException {
    List<String> lines = lines(slot.journal());
    String[] header = lines.isEmpty() ? new String[0] : lines.get(0).split(" ", -1);
    boolean ours = header.length == 4 && header[0].equals(FORMAT) && header[3].matches("\\d{1,18}");
    return ours ? Long.parseLong(header[3]) : 0;
  }

  Path file(BundleFile file) {
    return folder.resolve(file.name());
  }

  Path folder() {
    return folder;
  }

  /** How many ranges a file has; an empty one has one, which makes it. */
  int ranges(BundleFile file) {
    return Math.toIntExact(Math.max(1, (file.size() + rangeBytes - 1) / rangeBytes));
  }

  /** A range's first byte. */
  long offset(int range) {
    return range * rangeBytes;
  }

  /** How many bytes a range has. */
  long length(BundleFile file, int range) {
    return Math.min(rangeBytes, file.size() - offset(range));
  }

  /** Whether an earlier attempt or this one has brought a range to the disk. */
  synchronized boolean isFinished(BundleFile file, int range) {
    BitSet ranges = finished.get(file.name());
    return ranges != null && ranges.get(range);
  }

  /** Bytes of a file that are done. */
  long finishedBytes(BundleFile file) {
    long bytes = 0;
    for (int range = 0; range < ranges(file); range++) {
      bytes += isFinished(file, range) ? length(file, range) : 0;
    }
    return bytes;
  }

  /** Remembers a range whose bytes were forced to the disk. */
  synchronized void finish(BundleFile file, int range) throws IOException {
    append(range + " " + file.name());
    replay(range + " " + file.name());
  }

  /** Drops a file, to be copied from its beginning. */
  synchronized void forget(BundleFile file) throws IOException {
    append(FORGOTTEN + " " + file.name());
    finished.remove(file.name());
    Folders.delete(file(file));
  }

  /** Ends the copy, whose files have gone elsewhere or are not wanted. */
  void discard() throws IOException {
    close();
    Folders.delete(journalFile);
    Folders.delete(folder);
  }

  @Override
  public void close() throws IOException {
    journal.close();
  }

  private void replay(String line) {
    int space = line.indexOf(' ');
    if (space < 1) {
      return;
    }
    String range = line.substring(0, space);
    String name = line.substring(space + 1);
    if (range.equals(FORGOTTEN)) {
      finished.remove(name);
    } else if (range.matches("\\d{1,8}")) {
      finished.computeIfAbsent(name, any -> new BitSet()).set(Integer.parseInt(range));
    }
  }

  private void append(String line) throws IOException {
    ByteBuffer bytes = ByteBuffer.wrap((line + "\n").getBytes(StandardCharsets.ISO_8859_1));
    long end = journal.size();
    while (bytes.hasRemaining()) {
      end += journal.write(bytes, end);
    }
  }

  private static List<String> lines(Path journal) throws IOException {
    if (!Files.exists(journal)) {
      return List.of();
    }
    String text = Files.readString(journal, StandardCharsets.ISO_8859_1);
    return text.substring(0, text.lastIndexOf('\n') + 1).lines().toList();
  }
}

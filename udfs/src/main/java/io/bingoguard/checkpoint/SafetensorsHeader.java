package io.bingoguard.checkpoint;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GitLfs;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The header of one safetensors file: which tensors it holds and where. No weight is read.
 *
 * <p>The format (<a href="https://github.com/huggingface/safetensors#format">its
 * specification</a>): eight bytes with the header's length N, an unsigned little-endian integer; N
 * bytes of JSON; the tensors' bytes, which the header must cover without holes or overlaps. Files
 * come from strangers, so nothing in a header is believed before it was compared with the file's
 * size.
 */
final class SafetensorsHeader {
  /** The limit of the format's own implementation. */
  static final long MAX_HEADER_BYTES = 100_000_000;

  static final int LENGTH_BYTES = 8;

  private final Path file;
  private final Map<String, TensorEntry> entries;

  private SafetensorsHeader(Path file, Map<String, TensorEntry> entries) {
    this.file = file;
    this.entries = entries;
  }

  /**
   * Reads and checks the header of a file.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_WEIGHTS_INVALID} for anything but a
   *     well-formed header that fits the file, {@code MODEL_FILE_UNREADABLE} if reading fails
   */
  static SafetensorsHeader read(Path file) {
    try {
      if (!Files.isRegularFile(file)) {
        throw CheckpointErrors.weightsInvalid(
            file, "it is not a regular file", "a .safetensors file");
      }
      if (GitLfs.isPointer(file)) {
        throw CheckpointErrors.lfsPointer(file, ErrorCode.MODEL_WEIGHTS_INVALID);
      }
      long fileSize = Files.size(file);
      try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
        long headerBytes = headerBytes(file, in, fileSize);
        Map<String, TensorEntry> entries =
            SafetensorsHeaderParser.parse(file, in, headerBytes, LENGTH_BYTES + headerBytes);
        requireFullCover(file, entries, LENGTH_BYTES + headerBytes, fileSize);
        return new SafetensorsHeader(file, entries);
      }
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(file, e);
    }
  }

  Path file() {
    return file;
  }

  /** The tensor of this name, if the file holds it. */
  Optional<TensorEntry> entry(String name) {
    return Optional.ofNullable(entries.get(name));
  }

  /** Every tensor of the file, in the header's order. */
  List<TensorEntry> entries() {
    return List.copyOf(entries.values());
  }

  private static long headerBytes(Path file, InputStream in, long fileSize) throws IOException {
    byte[] length = in.readNBytes(LENGTH_BYTES);
    if (length.length < LENGTH_BYTES) {
      throw CheckpointErrors.weightsInvalid(
          file,
          "it has " + length.length + " bytes",
          "at least " + LENGTH_BYTES + " bytes, which hold the header's length");
    }
    long headerBytes = ByteBuffer.wrap(length).order(ByteOrder.LITTLE_ENDIAN).getLong();
    long limit = Math.min(MAX_HEADER_BYTES, fileSize - LENGTH_BYTES);
    if (headerBytes <= 0 || headerBytes > limit) {
      throw CheckpointErrors.weightsInvalid(
          file,
          "its first 8 bytes announce a header of " + Long.toUnsignedString(headerBytes) + " bytes",
          "between 1 and " + limit + " bytes (the file has " + fileSize + ")");
    }
    return headerBytes;
  }

  private static void requireFullCover(
      Path file, Map<String, TensorEntry> entries, long dataStart, long fileSize) {
    List<TensorEntry> byOffset = new ArrayList<>(entries.values());
    byOffset.sort(
        Comparator.comparingLong(TensorEntry::offset).thenComparingLong(TensorEntry::end));
    long covered = dataStart;
    for (TensorEntry entry : byOffset) {
      if (entry.end() > fileSize) {
        throw CheckpointErrors.tensorInvalid(
            file,
            entry.name(),
            "ends at byte " + entry.end() + " of a file of " + fileSize + " bytes",
            "an end inside the file; it may be truncated");
      }
      if (entry.offset() != covered) {
        throw CheckpointErrors.tensorInvalid(
            file,
            entry.name(),
            entry.offset() < covered
                ? "begins at byte " + entry.offset() + ", inside the tensor before it"
                : "begins at byte " + entry.offset() + ", after a hole",
            "byte " + covered + ", where the tensor before it ends");
      }
      covered = entry.end();
    }
    if (covered != fileSize) {
      throw CheckpointErrors.weightsInvalid(
          file,
          "its tensors end at byte " + covered + " of " + fileSize,
          "tensors that reach exactly to the end of the file");
    }
  }
}

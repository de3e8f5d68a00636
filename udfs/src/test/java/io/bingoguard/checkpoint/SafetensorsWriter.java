package io.bingoguard.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.StringJoiner;

/**
 * Writes a safetensors file whose tensors are computed while they are written, so that a file of
 * many gigabytes needs one row of memory.
 */
public final class SafetensorsWriter {
  /** Computes one row, the innermost dimension, of a tensor. */
  @FunctionalInterface
  public interface Rows {
    /**
     * Fills the whole of {@code row}.
     *
     * @param index row number, counted over all outer dimensions
     */
    void fill(long index, float[] row);
  }

  /** A tensor and what computes it. */
  record Tensor(String name, TensorType type, List<Long> shape, Rows filler) {
    long bytes() {
      return Math.multiplyExact(
          shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact), type.bytes());
    }

    int rowLength() {
      return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(shape.size() - 1));
    }

    int rowBytes() {
      return Math.multiplyExact(rowLength(), type.bytes());
    }

    long rows() {
      return rowLength() == 0 ? 0 : bytes() / rowBytes();
    }
  }

  private final List<Tensor> tensors = new ArrayList<>();

  /** Adds a tensor; files hold them in the order of their adding. */
  public SafetensorsWriter add(String name, TensorType type, List<Long> shape, Rows rows) {
    tensors.add(new Tensor(name, type, List.copyOf(shape), rows));
    return this;
  }

  /** Bytes of all tensors together. */
  long bytes() {
    return tensors.stream().mapToLong(Tensor::bytes).sum();
  }

  /** Writes the file, replacing one that is there. */
  public void write(Path file) throws IOException {
    write(file, 1);
  }

  /**
   * Writes the file with several threads, which all compute rows at once.
   *
   * @param threads threads, with one row and one buffer each
   */
  public void write(Path file, int threads) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] header = header();
      ByteBuffer start =
          ByteBuffer.allocate(Long.BYTES + header.length).order(ByteOrder.LITTLE_ENDIAN);
      start.putLong(header.length).put(header).flip();
      while (start.hasRemaining()) {
        out.write(start);
      }
      new TensorPieces(out, start.limit(), tensors).write(threads);
    }
  }

  /** The header's JSON, padded with spaces so that the data begins at a multiple of eight. */
  private byte[] header() {
    StringJoiner json = new StringJoiner(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}");
    long offset = 0;
    for (Tensor tensor : tensors) {
      long end = offset + tensor.bytes();
      json.add(
          "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
              .formatted(
                  tensor.name(),
                  tensor.type(),
                  tensor.shape().toString().replace(" ", ""),
                  offset,
                  end));
      offset = end;
    }
    String text = json.toString();
    return (text + " ".repeat(Math.floorMod(-text.length(), Long.BYTES)))
        .getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Cuts tensors into shards of at most so many bytes (a larger tensor is a shard of its own) and
   * writes them with several threads, and their index last: where it is, the shards are whole.
   */
  public void writeSharded(Path directory, long maxShardBytes, int threads) throws IOException {
    List<SafetensorsWriter> shards = new ArrayList<>();
    long room = 0;
    for (Tensor tensor : tensors) {
      long bytes = tensor.bytes();
      if (shards.isEmpty() || bytes > room) {
        shards.add(new SafetensorsWriter());
        room = maxShardBytes;
      }
      shards.get(shards.size() - 1).tensors.add(tensor);
      room -= bytes;
    }
    Map<String, String> weightMap = new LinkedHashMap<>();
    for (int i = 0; i < shards.size(); i++) {
      String name = "model-%05d-of-%05d.safetensors".formatted(i + 1, shards.size());
      shards.get(i).write(directory.resolve(name), threads);
      shards.get(i).tensors.forEach(tensor -> weightMap.put(tensor.name(), name));
    }
    TestJson.write(
        directory.resolve("model.safetensors.index.json"),
        Map.of("metadata", Map.of("total_size", bytes()), "weight_map", weightMap));
  }
}

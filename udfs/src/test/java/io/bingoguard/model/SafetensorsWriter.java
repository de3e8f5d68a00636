package io.bingoguard.model;

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

  private record Tensor(String name, TensorType type, List<Long> shape, Rows rows) {
    long elements() {
      return shape.stream().mapToLong(Long::longValue).reduce(1, Math::multiplyExact);
    }

    int rowLength() {
      return shape.isEmpty() ? 1 : Math.toIntExact(shape.get(shape.size() - 1));
    }
  }

  private static final int BUFFER_BYTES = 1 << 20;

  private final List<Tensor> tensors = new ArrayList<>();

  /** Adds a tensor; files hold them in the order of their adding. */
  public SafetensorsWriter add(String name, TensorType type, List<Long> shape, Rows rows) {
    tensors.add(new Tensor(name, type, List.copyOf(shape), rows));
    return this;
  }

  /** Writes the file, replacing one that is there. */
  public void write(Path file) throws IOException {
    try (FileChannel out =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.TRUNCATE_EXISTING)) {
      byte[] header = header();
      ByteBuffer buffer = ByteBuffer.allocateDirect(BUFFER_BYTES).order(ByteOrder.LITTLE_ENDIAN);
      writeFully(out, buffer.putLong(header.length));
      writeFully(out, ByteBuffer.wrap(header).position(header.length));
      for (Tensor tensor : tensors) {
        writeTensor(out, buffer, tensor);
      }
    }
  }

  /** The header's JSON, padded with spaces so that the data begins at a multiple of eight. */
  private byte[] header() {
    StringJoiner json = new StringJoiner(",", "{\"__metadata__\":{\"format\":\"pt\"},", "}");
    long offset = 0;
    for (Tensor tensor : tensors) {
      long end = offset + tensor.elements() * tensor.type().bytes();
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

  private static void writeTensor(FileChannel out, ByteBuffer buffer, Tensor tensor)
      throws IOException {
    float[] row = new float[tensor.rowLength()];
    long rows = row.length == 0 ? 0 : tensor.elements() / row.length;
    for (long index = 0; index < rows; index++) {
      tensor.rows().fill(index, row);
      for (float value : row) {
        if (buffer.remaining() < tensor.type().bytes()) {
          writeFully(out, buffer);
        }
        put(buffer, tensor.type(), value);
      }
    }
    writeFully(out, buffer);
  }

  private static void put(ByteBuffer buffer, TensorType type, float value) {
    switch (type) {
      case F32 -> buffer.putFloat(value);
      case BF16 -> buffer.putShort(HalfPrecision.toBrain(value));
      case F16 -> buffer.putShort(HalfPrecision.toHalf(value));
    }
  }

  private static void writeFully(FileChannel out, ByteBuffer buffer) throws IOException {
    buffer.flip();
    while (buffer.hasRemaining()) {
      out.write(buffer);
    }
    buffer.clear();
  }

  /**
   * Cuts tensors into shards of at most so many bytes (a larger tensor is a shard of its own) and
   * writes them with their index.
   */
  public void writeSharded(Path directory, long maxShardBytes) throws IOException {
    List<SafetensorsWriter> shards = new ArrayList<>();
    long room = 0;
    for (Tensor tensor : tensors) {
      long bytes = tensor.elements() * tensor.type().bytes();
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
      shards.get(i).write(directory.resolve(name));
      shards.get(i).tensors.forEach(tensor -> weightMap.put(tensor.name(), name));
    }
    TestJson.write(
        directory.resolve("model.safetensors.index.json"), Map.of("weight_map", weightMap));
  }
}

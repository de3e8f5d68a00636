package io.bingoguard.checkpoint;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;

/** The bytes of one tensor, read where they lie. */
final class TensorBytes implements AutoCloseable {
  private static final int BLOCK = 1 << 20;

  private final TensorLocation tensor;
  private final FileChannel file;

  private TensorBytes(TensorLocation tensor) throws IOException {
    this.tensor = tensor;
    this.file = FileChannel.open(tensor.file());
  }

  /**
   * Opens a tensor's file.
   *
   * @throws io.bingoguard.guard.GuardException {@code MODEL_FILE_UNREADABLE}
   */
  static TensorBytes open(TensorLocation tensor) {
    try {
      return new TensorBytes(tensor);
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(tensor.file(), e);
    }
  }

  /** Whether two tensors are stored alike. Reads both, up to the first difference. */
  static boolean equal(TensorLocation one, TensorLocation other) {
    if (one.type() != other.type() || !one.shape().equals(other.shape())) {
      return false;
    }
    try (TensorBytes first = open(one);
        TensorBytes second = open(other)) {
      for (long from = 0; from < one.byteLength(); from += BLOCK) {
        if (!first.read(from, BLOCK).equals(second.read(from, BLOCK))) {
          return false;
        }
      }
      return true;
    }
  }

  /**
   * Reads a piece.
   *
   * @param from bytes from the start of the tensor
   * @param length bytes; fewer come back at the tensor's end
   * @return little-endian, from its first to its last byte
   */
  ByteBuffer read(long from, int length) {
    ByteBuffer piece =
        ByteBuffer.allocate((int) Math.min(length, tensor.byteLength() - from))
            .order(ByteOrder.LITTLE_ENDIAN);
    try {
      while (piece.hasRemaining()) {
        if (file.read(piece, tensor.offset() + from + piece.position()) < 0) {
          throw new EOFException(tensor.file().toString());
        }
      }
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(tensor.file(), e);
    }
    return piece.flip();
  }

  @Override
  public void close() {
    try {
      file.close();
    } catch (IOException e) {
      throw CheckpointErrors.modelFileUnreadable(tensor.file(), e);
    }
  }
}

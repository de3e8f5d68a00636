package io.bingoguard.checkpoint;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Tensors cut into pieces of whole rows, which threads compute and write to their places in a file.
 * A thread holds one piece at a time; the file's bytes do not hang on how many threads there are.
 */
final class TensorPieces {
  /** Rows of a tensor from {@code from} to before {@code to}, and where in the file they go. */
  private record Piece(SafetensorsWriter.Tensor tensor, long from, long to, long position) {
    int bytes() {
      return Math.toIntExact((to - from) * tensor.rowBytes());
    }
  }

  private static final int PIECE_BYTES = 1 << 22;

  private final List<Piece> pieces = new ArrayList<>();
  private final FileChannel out;
  private final AtomicInteger next = new AtomicInteger();

  /**
   * Cuts tensors into pieces.
   *
   * @param position where in the file the first tensor begins; the others follow
   */
  TensorPieces(FileChannel out, long position, List<SafetensorsWriter.Tensor> tensors) {
    this.out = out;
    long at = position;
    for (SafetensorsWriter.Tensor tensor : tensors) {
      long rows = tensor.rows();
      long step = Math.max(1, PIECE_BYTES / Math.max(1, tensor.rowBytes()));
      for (long from = 0; from < rows; from += step) {
        long to = Math.min(rows, from + step);
        pieces.add(new Piece(tensor, from, to, at + from * tensor.rowBytes()));
      }
      at += tensor.bytes();
    }
  }

  /** Writes every piece; the first failure ends the work of all threads. */
  void write(int threads) throws IOException {
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<?>> workers = new ArrayList<>();
    try {
      for (int i = 0; i < threads; i++) {
        workers.add(
            pool.submit(
                () -> {
                  work();
                  return null;
                }));
      }
      for (Future<?> worker : workers) {
        worker.get();
      }
    } catch (ExecutionException e) {
      throw new IOException("A tensor could not be written: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("Interrupted while writing tensors", e);
    } finally {
      next.set(pieces.size());
      pool.shutdown();
    }
  }

  private void work() throws IOException {
    int largest = pieces.stream().mapToInt(Piece::bytes).max().orElse(0);
    ByteBuffer buffer = ByteBuffer.allocateDirect(largest).order(ByteOrder.LITTLE_ENDIAN);
    try {
      for (int i = next.getAndIncrement(); i < pieces.size(); i = next.getAndIncrement()) {
        Piece piece = pieces.get(i);
        fill(buffer.clear(), piece);
        buffer.flip();
        for (long at = piece.position(); buffer.hasRemaining(); ) {
          at += out.write(buffer, at);
        }
      }
    } catch (IOException | RuntimeException e) {
      next.set(pieces.size());
      throw e;
    }
  }

  private static void fill(ByteBuffer buffer, Piece piece) {
    float[] row = new float[piece.tensor().rowLength()];
    for (long index = piece.from(); index < piece.to(); index++) {
      piece.tensor().filler().fill(index, row);
      for (float value : row) {
        switch (piece.tensor().type()) {
          case F32 -> buffer.putFloat(value);
          case BF16 -> buffer.putShort(HalfPrecision.toBrain(value));
          case F16 -> buffer.putShort(HalfPrecision.toHalf(value));
        }
      }
    }
  }
}

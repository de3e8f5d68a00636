package io.bingoguard.checkpoint;

import java.nio.ByteBuffer;
import java.util.Map;

/**
 * A cheap look at weights: small tensors such as norms as a whole, of every other one a few pages
 * from its beginning to its end. A file that was damaged or trained to nothing has numbers there
 * that are none.
 */
final class WeightSample {
  private static final int WHOLE = 1 << 16;
  private static final int PAGE = 1 << 12;
  private static final int PAGES = 16;

  private WeightSample() {}

  /** Refuses the first number that is infinite or none. */
  static void refuseNonFinite(Map<String, TensorLocation> tensors) {
    tensors.forEach(
        (name, tensor) -> {
          try (TensorBytes bytes = TensorBytes.open(tensor)) {
            if (tensor.byteLength() <= WHOLE) {
              refuseNonFinite(name, tensor, bytes.read(0, WHOLE), 0);
              return;
            }
            long pages = tensor.byteLength() / PAGE;
            for (int i = 0; i < PAGES; i++) {
              long from = i * (pages - 1) / (PAGES - 1) * PAGE;
              refuseNonFinite(name, tensor, bytes.read(from, PAGE), from);
            }
          }
        });
  }

  private static void refuseNonFinite(
      String name, TensorLocation tensor, ByteBuffer piece, long from) {
    TensorType type = tensor.type();
    for (int at = 0; at < piece.limit(); at += type.bytes()) {
      if (!type.isFinite(piece, at)) {
        throw CheckpointErrors.weightNotFinite(
            tensor.file(), name, (from + at) / type.bytes(), type);
      }
    }
  }
}

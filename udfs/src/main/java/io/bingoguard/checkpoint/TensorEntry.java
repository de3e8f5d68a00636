package io.bingoguard.checkpoint;

import java.util.List;

/**
 * One tensor as a safetensors header describes it; the header's reader has checked that it lies
 * inside the file.
 *
 * @param dtype the header's own spelling, not necessarily a {@link TensorType}
 * @param shape dimensions, outermost first; empty for a scalar
 * @param offset bytes from the start of the file
 * @param byteLength bytes
 */
record TensorEntry(String name, String dtype, List<Long> shape, long offset, long byteLength) {
  TensorEntry {
    shape = List.copyOf(shape);
  }

  long end() {
    return offset + byteLength;
  }
}

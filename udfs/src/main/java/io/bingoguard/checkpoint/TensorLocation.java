package io.bingoguard.checkpoint;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/**
 * Where one usable tensor lies, row-major and little-endian.
 *
 * @param file real path of the safetensors file, no symbolic link in it
 * @param shape dimensions, outermost first
 * @param offset bytes from the start of the file
 * @param byteLength bytes, always the product of the shape times the element's bytes
 */
public record TensorLocation(
    Path file, TensorType type, List<Long> shape, long offset, long byteLength) {
  public TensorLocation {
    Objects.requireNonNull(file, "file");
    Objects.requireNonNull(type, "type");
    shape = List.copyOf(shape);
    if (offset < 0 || byteLength < 0) {
      throw new IllegalArgumentException("offset and byteLength must not be negative");
    }
  }
}

package io.bingoguard.checkpoint;

import java.nio.ByteBuffer;
import java.util.Optional;

/** The element types that weights may be stored in. */
public enum TensorType {
  F32(4, 0x7f800000),
  F16(2, 0x7c00),
  BF16(2, 0x7f80);

  private final int bytes;

  /** All bits of the exponent, which are set in infinities and in what is no number. */
  private final int exponent;

  TensorType(int bytes, int exponent) {
    this.bytes = bytes;
    this.exponent = exponent;
  }

  /** Whether the element at a place of little-endian bytes is a finite number. */
  boolean isFinite(ByteBuffer littleEndian, int at) {
    int bits = bytes == 4 ? littleEndian.getInt(at) : littleEndian.getShort(at);
    return (bits & exponent) != exponent;
  }

  /** Bytes per element. */
  public int bytes() {
    return bytes;
  }

  /** The type that a safetensors header spells like this, or empty if weights cannot be of it. */
  static Optional<TensorType> ofHeader(String dtype) {
    for (TensorType type : values()) {
      if (type.name().equals(dtype)) {
        return Optional.of(type);
      }
    }
    return Optional.empty();
  }
}

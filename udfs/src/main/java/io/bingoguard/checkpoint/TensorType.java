package io.bingoguard.checkpoint;

import java.util.Optional;

/** The element types that weights may be stored in. */
public enum TensorType {
  F32(4),
  F16(2),
  BF16(2);

  private final int bytes;

  TensorType(int bytes) {
    this.bytes = bytes;
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

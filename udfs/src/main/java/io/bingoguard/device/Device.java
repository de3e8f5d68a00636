package io.bingoguard.device;

import java.util.OptionalInt;

/**
 * Where a session computes.
 *
 * @param cudaOrdinal ordinal of a CUDA device; absent for the CPU
 */
public record Device(OptionalInt cudaOrdinal) {
  public static final Device CPU = new Device(OptionalInt.empty());

  public Device {
    if (cudaOrdinal.isPresent() && cudaOrdinal.getAsInt() < 0) {
      throw new IllegalArgumentException("negative CUDA ordinal " + cudaOrdinal.getAsInt());
    }
  }

  public static Device cuda(int ordinal) {
    return new Device(OptionalInt.of(ordinal));
  }

  /** {@code cpu} or {@code cuda:0} and so on. */
  @Override
  public String toString() {
    return cudaOrdinal.isPresent() ? "cuda:" + cudaOrdinal.getAsInt() : "cpu";
  }
}

package io.bingoguard.bench.gpu;

import io.bingoguard.session.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Refuses a model that cannot fit, before it is loaded. */
final class MemoryCheck {
  /** What passes, prefixes and the runtime need besides the weights, at the least. */
  private static final long BESIDE_WEIGHTS = 2L << 30;

  /** What Linux says of its memory. */
  static final Path MEMINFO = Path.of("/proc/meminfo");

  private MemoryCheck() {}

  /** Bytes that a model needs at the least. */
  static long needed(long parameters, Precision precision) {
    return parameters * (precision == Precision.FP32 ? 4 : 2) + BESIDE_WEIGHTS;
  }

  /**
   * Checks one memory.
   *
   * @throws IllegalStateException if the need is larger
   */
  static void require(String where, long free, long needed) {
    if (free < needed) {
      throw new IllegalStateException(
          "%s has %.1f GB of free memory, the model needs %.1f; free some, or take a smaller shape="
              .formatted(where, free / 1e9, needed / 1e9));
    }
  }

  /** Bytes that this host could still give; as many as there can be where it does not say. */
  static long hostBytes(Path meminfo) throws IOException {
    if (!Files.exists(meminfo)) {
      return Long.MAX_VALUE;
    }
    return Files.readAllLines(meminfo).stream()
        .filter(line -> line.startsWith("MemAvailable:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")) << 10)
        .findFirst()
        .orElse(Long.MAX_VALUE);
  }
}

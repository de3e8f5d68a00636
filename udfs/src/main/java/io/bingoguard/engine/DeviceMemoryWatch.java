package io.bingoguard.engine;

import io.bingoguard.device.Device;
import io.bingoguard.device.DeviceMemory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** How full a device is, asked for every few seconds at most: asking starts a process. */
final class DeviceMemoryWatch {
  private static final long LEAST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final Device device;
  private long usedBytes;
  private Optional<Long> readNanos = Optional.empty();

  DeviceMemoryWatch(Device device) {
    this.device = device;
  }

  /** Memory of the device that anybody has taken; 0 on a CPU, and where it is not known. */
  synchronized long usedBytes() {
    long now = System.nanoTime();
    if (device.cudaOrdinal().isPresent()
        && readNanos.filter(read -> now - read < LEAST_NANOS).isEmpty()) {
      readNanos = Optional.of(now);
      usedBytes =
          DeviceMemory.of(device.cudaOrdinal().getAsInt())
              .map(memory -> memory.totalBytes() - memory.freeBytes())
              .orElse(0L);
    }
    return usedBytes;
  }
}

package io.bingoguard.device;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Memory of a CUDA device.
 *
 * @param freeBytes what no process has taken
 * @param totalBytes all of it
 */
public record DeviceMemory(long freeBytes, long totalBytes) {
  private static final long MEBIBYTE = 1L << 20;

  public DeviceMemory {
    if (freeBytes < 0 || freeBytes > totalBytes) {
      throw new IllegalArgumentException(freeBytes + " bytes free of " + totalBytes);
    }
  }

  /**
   * Asks the driver's {@code nvidia-smi}, which counts the machine's GPUs, about the GPU that CUDA
   * shows this process under an ordinal.
   *
   * @return empty where it cannot be known: no {@code nvidia-smi}, no such device, a MIG device, or
   *     GPUs of several kinds, which CUDA orders by speed unless {@code CUDA_DEVICE_ORDER} is
   *     {@code PCI_BUS_ID}
   */
  public static Optional<DeviceMemory> of(int ordinal) {
    return of(ordinal, new LocalHost());
  }

  static Optional<DeviceMemory> of(int ordinal, Host host) {
    return CudaDevices.of(host)
        .at(ordinal)
        .flatMap(
            gpu ->
                host.output(
                    List.of(
                        "nvidia-smi",
                        "--query-gpu=memory.free,memory.total",
                        "--format=csv,noheader,nounits",
                        "-i",
                        Integer.toString(gpu.index()))))
        .flatMap(DeviceMemory::parsed);
  }

  /** A line like {@code 79641, 81559}, in MiB; {@code [N/A]} where the driver does not say. */
  private static Optional<DeviceMemory> parsed(String output) {
    List<String> values = Arrays.stream(output.strip().split(",", -1)).map(String::strip).toList();
    if (values.size() != 2 || !values.stream().allMatch(value -> value.matches("\\d{1,9}"))) {
      return Optional.empty();
    }
    long free = Long.parseLong(values.get(0)) * MEBIBYTE;
    long total = Long.parseLong(values.get(1)) * MEBIBYTE;
    return free <= total ? Optional.of(new DeviceMemory(free, total)) : Optional.empty();
  }
}

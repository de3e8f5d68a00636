package io.bingoguard.bench.gpu;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the driver's {@code nvidia-smi} says of one device.
 *
 * @param command program to run
 * @param id index or UUID of the device, as the program takes it
 */
record NvidiaSmi(String command, String id) {
  /**
   * The device at one moment.
   *
   * @param totalMib memory
   * @param freeMib memory that no process uses
   */
  record Status(String name, String driver, long totalMib, long freeMib) {}

  private static final String SAMPLE_MILLIS = "100";

  /**
   * The device behind a CUDA ordinal.
   *
   * @param visible value of {@code CUDA_VISIBLE_DEVICES}, by which CUDA counts; empty for all
   */
  static NvidiaSmi ofOrdinal(int ordinal, String visible) {
    String[] ids = visible.isBlank() ? new String[0] : visible.split(",");
    return new NvidiaSmi(
        "nvidia-smi", ordinal < ids.length ? ids[ordinal].strip() : Integer.toString(ordinal));
  }

  /**
   * Asks once.
   *
   * @throws IllegalStateException if the program does not run or says something else
   */
  Status status() {
    List<String> words;
    try {
      Process process = start("name,driver_version,memory.total,memory.free");
      try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
        String line = lines.readLine();
        words = List.of((line == null ? "" : line).split(", "));
      } finally {
        process.destroy();
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "%s did not run: %s; expected an NVIDIA driver on this host, or device=cpu"
              .formatted(command, e.getMessage()),
          e);
    }
    try {
      return new Status(
          words.get(0), words.get(1), Long.parseLong(words.get(2)), Long.parseLong(words.get(3)));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new IllegalStateException(
          "%s says of device %s: %s; expected name, driver and memory"
              .formatted(command, id, String.join(", ", words)),
          e);
    }
  }

  private Process start(String query, String... more) throws IOException {
    List<String> words =
        new ArrayList<>(
            List.of(
                command, "--query-gpu=" + query, "--format=csv,noheader,nounits", "--id=" + id));
    words.addAll(List.of(more));
    return new ProcessBuilder(words).redirectErrorStream(true).start();
  }

  /** Starts to watch how much memory is used, by all processes together. */
  Sampler sample() throws IOException {
    return new Sampler(start("memory.used", "--loop-ms=" + SAMPLE_MILLIS));
  }

  /** Watches memory until it is closed. */
  static final class Sampler implements AutoCloseable {
    private final Process process;
    private final AtomicLong peak = new AtomicLong(-1);

    private Sampler(Process process) {
      this.process = process;
      Thread reader = new Thread(this::read, "nvidia-smi");
      reader.setDaemon(true);
      reader.start();
    }

    private void read() {
      process
          .inputReader(StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.matches("[0-9]{1,9}"))
          .forEach(line -> peak.accumulateAndGet(Long.parseLong(line), Math::max));
    }

    /** The most memory seen so far in MiB; -1 before anything was seen. */
    long peakMib() {
      return peak.get();
    }

    @Override
    public void close() {
      process.destroy();
    }
  }
}

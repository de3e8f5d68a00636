package io.bingoguard.device;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;

/**
 * The GPUs of this machine, and which of them CUDA shows to this process under which ordinal.
 *
 * @param physical GPUs as the driver counts them
 * @param visible for each CUDA ordinal the GPU, absent where it cannot be known
 * @param choice what {@code CUDA_VISIBLE_DEVICES} is, if it is set
 */
record CudaDevices(List<Gpu> physical, List<Optional<Gpu>> visible, Optional<String> choice) {

  /**
   * A GPU.
   *
   * @param index number in the driver's order, which {@code nvidia-smi} takes
   * @param name model, empty when unknown
   * @param uuid {@code GPU-...}, empty when unknown
   * @param split whether it is divided into MIG devices
   */
  record Gpu(int index, String name, String uuid, boolean split) {}

  static final String VISIBLE = "CUDA_VISIBLE_DEVICES";

  private static final Pattern LISTED = Pattern.compile("GPU (\\d+): (.*) \\(UUID: (.*)\\)\\s*");
  private static final Pattern NODE = Pattern.compile("nvidia(\\d+)");

  CudaDevices {
    physical = List.copyOf(physical);
    visible = List.copyOf(visible);
  }

  static CudaDevices of(Host host) {
    List<Gpu> physical =
        host.output(List.of("nvidia-smi", "-L"))
            .map(CudaDevices::listed)
            .filter(found -> !found.isEmpty())
            .orElseGet(() -> nodes(host));
    // CUDA puts the fastest GPU first unless it is told to take the driver's order.
    boolean driverOrder =
        host.variable("CUDA_DEVICE_ORDER").equals(Optional.of("PCI_BUS_ID"))
            || physical.size() <= 1
            || (physical.stream().map(Gpu::name).distinct().count() == 1
                && !physical.get(0).name().isEmpty());
    Optional<String> choice = host.variable(VISIBLE);
    return new CudaDevices(
        physical,
        choice
            .map(value -> chosen(value, physical, driverOrder))
            .orElseGet(
                () ->
                    physical.stream()
                        .map(gpu -> Optional.of(gpu).filter(known -> driverOrder))
                        .toList()),
        choice);
  }

  /** Whether there are MIG devices, of which CUDA shows others than those counted here. */
  boolean split() {
    return physical.stream().anyMatch(Gpu::split)
        || choice.filter(value -> value.contains("MIG-")).isPresent();
  }

  /** The GPU behind a CUDA ordinal, where that can be known. */
  Optional<Gpu> at(int ordinal) {
    return ordinal < visible.size() && !split() ? visible.get(ordinal) : Optional.empty();
  }

  /** CUDA takes entries up to the first that names no GPU, and none if one is named twice. */
  private static List<Optional<Gpu>> chosen(String value, List<Gpu> all, boolean driverOrder) {
    List<Optional<Gpu>> visible = new ArrayList<>();
    List<Gpu> named = new ArrayList<>();
    for (String entry : value.split(",", -1)) {
      String wanted = entry.strip();
      boolean number = wanted.matches("\\d{1,6}");
      Optional<Gpu> gpu =
          all.stream()
              .filter(
                  known ->
                      number
                          ? known.index() == Integer.parseInt(wanted)
                          : wanted.startsWith("GPU-") && known.uuid().startsWith(wanted))
              .findFirst();
      if (gpu.isEmpty()) {
        break;
      }
      named.add(gpu.get());
      visible.add(gpu.filter(known -> !number || driverOrder));
    }
    return new HashSet<>(named).size() < named.size() ? List.of() : visible;
  }

  private static List<Gpu> listed(String lines) {
    List<Gpu> found = new ArrayList<>();
    for (String line : lines.lines().toList()) {
      Matcher gpu = LISTED.matcher(line);
      if (gpu.matches()) {
        found.add(new Gpu(Integer.parseInt(gpu.group(1)), gpu.group(2), gpu.group(3), false));
      } else if (line.strip().startsWith("MIG ") && !found.isEmpty()) {
        Gpu last = found.remove(found.size() - 1);
        found.add(new Gpu(last.index(), last.name(), last.uuid(), true));
      }
    }
    return found;
  }

  private static List<Gpu> nodes(Host host) {
    List<Integer> numbers = new ArrayList<>();
    try (DirectoryStream<Path> nodes =
        Files.newDirectoryStream(host.root().resolve("dev"), "nvidia*")) {
      for (Path node : nodes) {
        Matcher number = NODE.matcher(node.getFileName().toString());
        if (number.matches()) {
          numbers.add(Integer.parseInt(number.group(1)));
        }
      }
    } catch (IOException e) {
      return List.of();
    }
    return IntStream.range(0, numbers.size())
        .mapToObj(index -> new Gpu(index, "", "", false))
        .toList();
  }
}

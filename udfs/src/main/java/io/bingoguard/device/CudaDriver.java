package io.bingoguard.device;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The NVIDIA driver, its library, and the device of an ordinal. */
final class CudaDriver {
  /** The oldest driver that runs programs of CUDA 12. */
  private static final int OLDEST = 525;

  private static final Pattern VERSION = Pattern.compile("\\b(\\d+)\\.\\d+(?:\\.\\d+)*\\b");
  private static final String LIBRARY = "libcuda.so.1";

  private CudaDriver() {}

  static List<CudaFinding> findings(int ordinal, Host host, SharedLibraries libraries) {
    return List.of(kernelModule(host), library(libraries), device(ordinal, CudaDevices.of(host)));
  }

  private static CudaFinding kernelModule(Host host) {
    String subject = "NVIDIA driver";
    try {
      String text = Files.readString(host.root().resolve("proc/driver/nvidia/version"));
      Matcher version = VERSION.matcher(text);
      if (!version.find()) {
        return CudaFinding.good(subject, "running, its version is not known");
      }
      String seen = "version " + version.group();
      return Integer.parseInt(version.group(1)) < OLDEST
          ? CudaFinding.missing(
              subject, seen, "update it to " + OLDEST + " or newer, which runs CUDA 12")
          : CudaFinding.good(subject, seen);
    } catch (IOException e) {
      return CudaFinding.missing(
          subject,
          "not running (no /proc/driver/nvidia/version)",
          "install NVIDIA driver " + OLDEST + " or newer on the host");
    }
  }

  private static CudaFinding library(SharedLibraries libraries) {
    return libraries
        .loaded(LIBRARY)
        .map(file -> CudaFinding.good(LIBRARY, file.toString()))
        .orElseGet(
            () ->
                CudaFinding.missing(
                    LIBRARY,
                    "not found",
                    "it comes with the driver; start a container with the NVIDIA runtime (docker run --gpus all; on Kubernetes a limit for nvidia.com/gpu)"));
  }

  private static CudaFinding device(int ordinal, CudaDevices devices) {
    String subject = "CUDA device " + ordinal;
    if (devices.physical().isEmpty()) {
      return CudaFinding.missing(
          subject,
          "no GPU found (nvidia-smi -L lists none, no /dev/nvidia0)",
          "take a machine with an NVIDIA GPU, and give a container its devices");
    }
    String count =
        "%d on this machine%s"
            .formatted(
                devices.physical().size(),
                devices.choice().map(v -> ", " + CudaDevices.VISIBLE + "='" + v + "'").orElse(""));
    if (devices.split()) {
      return CudaFinding.good(subject, count + ", with MIG devices, which are not counted");
    }
    if (ordinal >= devices.visible().size()) {
      return CudaFinding.missing(
          subject,
          "not among the %d visible ones (%s)".formatted(devices.visible().size(), count),
          "ordinals count visible devices from 0: take a lower one, or change "
              + CudaDevices.VISIBLE);
    }
    return CudaFinding.good(
        subject,
        devices
            .at(ordinal)
            .map(CudaDevices.Gpu::name)
            .filter(name -> !name.isEmpty())
            .map(name -> name + ", " + count)
            .orElse(count));
  }
}

package io.bingoguard.device;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * The libraries of CUDA that the provider's library of ONNX Runtime 1.28 names, which is linked
 * against neither cuDNN nor cuFFT.
 */
final class CudaLibraries {
  static final String CUDART = "libcudart.so.12";

  /** Came with CUDA 12.8; the provider's library cannot be loaded without it. */
  static final String NEWEST_SYMBOL = "cudaLibraryGetKernel";

  private static final List<String> NAMES =
      List.of(CUDART, "libcublas.so.12", "libcublasLt.so.12", "libcurand.so.10");

  private CudaLibraries() {}

  static List<CudaFinding> findings(SharedLibraries libraries) {
    return NAMES.stream().map(name -> finding(name, libraries)).toList();
  }

  private static CudaFinding finding(String name, SharedLibraries libraries) {
    Optional<Path> loaded = libraries.loaded(name);
    if (loaded.isEmpty()) {
      return libraries
          .elsewhere(name)
          .map(file -> notOnThePath(name, file.getParent()))
          .orElseGet(
              () ->
                  CudaFinding.missing(
                      name,
                      "not found",
                      "install the libraries of CUDA 12.8 or a newer 12, and name their folder in LD_LIBRARY_PATH before Java starts"));
    }
    Path file = loaded.get();
    if (name.equals(CUDART) && !SharedLibraries.holds(file, NEWEST_SYMBOL)) {
      String seen =
          "%s in %s, without %s"
              .formatted(
                  version(file).map(version -> "version " + version).orElse("older than 12.8"),
                  file.getParent(),
                  NEWEST_SYMBOL);
      return CudaFinding.missing(
          name,
          seen,
          "install CUDA 12.8 or a newer 12, and put its folder first in LD_LIBRARY_PATH before Java starts");
    }
    return CudaFinding.good(name, file.toString());
  }

  private static CudaFinding notOnThePath(String name, Path folder) {
    return CudaFinding.missing(
        name,
        "not where the loader looks",
        "add " + folder + ", where it lies, to LD_LIBRARY_PATH before Java starts");
  }

  /** {@code libcudart.so.12.6.77} is version 12.6.77; {@code libcudart.so.12} does not say. */
  private static Optional<String> version(Path file) {
    String name = file.getFileName().toString();
    int at = name.indexOf(".so.");
    return Optional.of(name.substring(at + 4)).filter(v -> at > 0 && v.contains("."));
  }
}

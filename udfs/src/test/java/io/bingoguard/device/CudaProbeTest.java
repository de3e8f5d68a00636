package io.bingoguard.device;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CudaProbeTest {
  private static final String NEW = "..cudaLibraryGetKernel..";

  @TempDir Path root;

  private FakeHost host;

  @BeforeEach
  void aMachineWithoutAnything() {
    host = new FakeHost(root);
  }

  @Test
  void aMachineThatHasEverythingIsComplete() throws IOException {
    withLibraries("12.8.90", NEW).driver("570.86.15").gpus("H100", "H100").gpuArtifact();

    CudaReport report = CudaProbe.probe(1, host);

    assertThat(report.complete()).isTrue();
    assertThat(report.missing()).isEmpty();
    assertThat(report.findings())
        .extracting(CudaFinding::subject)
        .containsExactly(
            "ONNX Runtime",
            "NVIDIA driver",
            "libcuda.so.1",
            "CUDA device 1",
            "libcudart.so.12",
            "libcublas.so.12",
            "libcublasLt.so.12",
            "libcurand.so.10");
    assertThat(finding(report, "NVIDIA driver").seen()).isEqualTo("version 570.86.15");
    assertThat(finding(report, "libcudart.so.12").seen()).endsWith("libcudart.so.12.8.90");
    assertThat(finding(report, "CUDA device 1").seen()).isEqualTo("H100, 2 on this machine");
  }

  @Test
  void theCpuArtifactIsNamedWithTheWayToTheOther() throws IOException {
    withLibraries("12.8.90", NEW).driver("570.86.15").gpus("H100");

    assertThat(CudaProbe.probe(0, host).missing())
        .singleElement()
        .asString()
        .contains("artifact onnxruntime)", "mvn -Pgpu");
  }

  @Test
  void aMachineWithoutADriverLacksModuleLibraryAndDevice() throws IOException {
    withLibraries("12.9.1", NEW).gpuArtifact();

    assertThat(missing(0)).containsExactly("NVIDIA driver", "libcuda.so.1", "CUDA device 0");
  }

  @Test
  void aDriverWithoutDevicesAndOneTooOldAreTold() throws IOException {
    withLibraries("12.8.90", NEW).driver("470.82.01").gpuArtifact();

    CudaReport report = CudaProbe.probe(0, host);

    assertThat(missing(0)).containsExactly("NVIDIA driver", "CUDA device 0");
    assertThat(finding(report, "NVIDIA driver").seen()).isEqualTo("version 470.82.01");
    assertThat(finding(report, "CUDA device 0").seen()).startsWith("no GPU found");
  }

  @Test
  void ordinalsCountTheVisibleDevices() throws IOException {
    withLibraries("12.8.90", NEW).driver("570.86.15").gpus("H100", "H100", "H100").gpuArtifact();
    assertThat(missing(2)).isEmpty();
    assertThat(missing(3)).containsExactly("CUDA device 3");

    host.variable("CUDA_VISIBLE_DEVICES", "2,GPU-a000");
    assertThat(missing(1)).isEmpty();
    assertThat(missing(2)).containsExactly("CUDA device 2");
    assertThat(finding(CudaProbe.probe(2, host), "CUDA device 2").seen())
        .contains("2 visible", "3 on this machine", "'2,GPU-a000'");

    for (String hidesAll : List.of("", "-1", "7,0", "1,1")) {
      host.variable("CUDA_VISIBLE_DEVICES", hidesAll);
      assertThat(missing(0)).as(hidesAll).containsExactly("CUDA device 0");
    }
  }

  @Test
  void devicesAreCountedByTheirNodesWhereNvidiaSmiIsNotThere() throws IOException {
    withLibraries("12.8.90", NEW).driver("570.86.15").gpuArtifact();
    host.file("dev/nvidia0", "").file("dev/nvidia1", "").file("dev/nvidiactl", "");

    assertThat(missing(1)).isEmpty();
    assertThat(missing(2)).containsExactly("CUDA device 2");
  }

  @Test
  void cudart126IsTooOldWhateverItsFileIsCalled() throws IOException {
    withLibraries("12.6.77", "..cudaMalloc..").driver("570.86.15").gpus("H100").gpuArtifact();

    assertThat(CudaProbe.probe(0, host).missing())
        .singleElement()
        .asString()
        .contains("libcudart.so.12: version 12.6.77 in ", "cudaLibraryGetKernel", "CUDA 12.8");

    Path real = root.resolve("cuda/libcudart.so.12.6.77");
    Files.delete(root.resolve("cuda/libcudart.so.12"));
    Files.move(real, root.resolve("cuda/libcudart.so.12"));
    assertThat(finding(CudaProbe.probe(0, host), "libcudart.so.12").seen())
        .startsWith("older than 12.8 in ");
  }

  @Test
  void aSymbolIsFoundAcrossTheSeamOfTwoPieces() throws IOException {
    for (int before : new int[] {0, (1 << 16) - 10, 2 * (1 << 16) - 25}) {
      host.file("library", "x".repeat(before) + CudaLibraries.NEWEST_SYMBOL + "x".repeat(99));
      assertThat(SharedLibraries.holds(root.resolve("library"), CudaLibraries.NEWEST_SYMBOL))
          .isTrue();
    }
    assertThat(SharedLibraries.holds(root.resolve("library"), "cudaLibraryGetKernels")).isFalse();
  }

  @Test
  void librariesAreFoundInTheLoadersCacheButNotThoseOf32Bits() throws IOException {
    host.file("opt/libcurand.so.10", "").file("opt32/libcublas.so.12", "");
    host.output(
        "/sbin/ldconfig -p",
        """
        2 libs found in cache `/etc/ld.so.cache'
        \tlibcurand.so.10 (libc6,x86-64) => %s
        \tlibcublas.so.12 (libc6) => %s
        """
            .formatted(root.resolve("opt/libcurand.so.10"), root.resolve("opt32/libcublas.so.12")));

    assertThat(missing(0)).contains("libcublas.so.12").doesNotContain("libcurand.so.10");
  }

  @Test
  void aLibraryThatTheLoaderDoesNotFindIsNamedWithItsFolder() throws IOException {
    withLibraries("12.8.90", NEW).driver("570.86.15").gpus("H100").gpuArtifact();
    Files.delete(root.resolve("cuda/libcublas.so.12"));
    Files.delete(root.resolve("cuda/libcublasLt.so.12"));
    host.file("usr/local/cuda-12.8/lib64/libcublas.so.12", "");
    host.file("natives/libcublasLt.so.12", "")
        .property("onnxruntime.native.path", root.resolve("natives").toString());

    assertThat(CudaProbe.probe(0, host).missing())
        .hasSize(2)
        .anyMatch(text -> text.contains(root.resolve("usr/local/cuda-12.8/lib64") + ", where"))
        .anyMatch(text -> text.contains(root.resolve("natives") + ", where"));
  }

  @Test
  void whatHasOneRemedyIsToldInOneSentence() {
    assertThat(CudaProbe.probe(0, host).missing())
        .hasSize(5)
        .last()
        .asString()
        .startsWith(
            "libcudart.so.12: not found, libcublas.so.12: not found, libcublasLt.so.12: not found, libcurand.so.10: not found (remedy: install");
  }

  /** Files as an installation of CUDA has them: short names that link to long ones. */
  private FakeHost withLibraries(String cudart, String content) throws IOException {
    host.file("cuda/libcudart.so." + cudart, content)
        .file("cuda/libcublas.so.12", "")
        .file("cuda/libcublasLt.so.12", "")
        .file("cuda/libcurand.so.10", "");
    Files.createSymbolicLink(
        root.resolve("cuda/libcudart.so.12"), Path.of("libcudart.so." + cudart));
    return host.variable("LD_LIBRARY_PATH", root.resolve("absent") + ":" + root.resolve("cuda"));
  }

  private List<String> missing(int ordinal) {
    return CudaProbe.probe(ordinal, host).findings().stream()
        .filter(finding -> !finding.good())
        .map(CudaFinding::subject)
        .toList();
  }

  private static CudaFinding finding(CudaReport report, String subject) {
    return report.findings().stream()
        .filter(finding -> finding.subject().equals(subject))
        .findFirst()
        .orElseThrow();
  }
}

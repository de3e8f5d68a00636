package io.bingoguard.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtException;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is said when a session cannot be opened, and what is seen when it can. On the demo model.
 */
class GuardSessionOpeningTest {
  private final Checkpoint checkpoint = Checkpoint.open(DemoModel.directory());

  @TempDir Path root;

  @Test
  void cudaThatCannotBeUsedSaysWhatIsMissing() {
    assumeFalse(CudaProbe.probe(0).complete());

    assertThatThrownBy(() -> GuardSession.open(checkpoint, settings(Device.cuda(0))))
        .hasCauseInstanceOf(OrtException.class)
        .asInstanceOf(InstanceOfAssertFactories.type(GuardException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo("CUDA_NOT_USABLE"))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith("CUDA device 0 cannot be used. Missing: ")
                    .contains("(remedy: "));
  }

  @Test
  void aFailureThatTheProbeDoesNotExplainKeepsOnnxRuntimesWords() throws IOException {
    FakeHost host = new FakeHost(root).gpuArtifact().driver("570.86.15").gpus("H100");
    for (String name :
        new String[] {
          "libcudart.so.12", "libcublas.so.12", "libcublasLt.so.12", "libcurand.so.10"
        }) {
      host.file("usr/lib/" + name, CudaLibraries.NEWEST_SYMBOL);
    }
    OrtException cause = new OrtException("CUDA failure 2: out of memory");

    GuardException known = OpeningFailure.of(checkpoint, settings(Device.cuda(0)), cause, host);

    assertThat(known.code()).isEqualTo("SESSION_NOT_OPENED");
    assertThat(known).hasMessageContaining("out of memory").hasCause(cause);
    assertThat(OpeningFailure.of(checkpoint, settings(Device.cuda(1)), cause, host).code())
        .isEqualTo("CUDA_NOT_USABLE");
    assertThat(
            OpeningFailure.of(checkpoint, settings(Device.CPU), cause, new FakeHost(root)).code())
        .isEqualTo("SESSION_NOT_OPENED");
  }

  @Test
  void bf16OnACpuIsRefusedWithoutAdviceAboutGpuDrivers() {
    SessionSettings brain = new SessionSettings(Device.CPU, Precision.BF16, 1, 128);

    assertThatThrownBy(() -> GuardSession.open(checkpoint, brain))
        .asInstanceOf(InstanceOfAssertFactories.type(GuardException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo("PRECISION_NOT_SUPPORTED"))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("bf16", "auto or fp32")
                    .doesNotContain("driver"));
  }

  @Test
  void thePassShowsWhichProviderComputesAndLeavesNoFile() throws IOException {
    long before = profiles();

    ProviderUse use = ProviderUse.measure(checkpoint, settings(Device.CPU), new int[] {1, 2, 3});

    assertThat(use.kernels()).containsOnlyKeys("CPUExecutionProvider");
    assertThat(use.kernels().get("CPUExecutionProvider"))
        .isGreaterThan(5 * checkpoint.config().layers());
    assertThat(use.finite()).isTrue();
    assertThat(profiles()).isEqualTo(before);
  }

  private static SessionSettings settings(Device device) {
    return new SessionSettings(device, Precision.FP32, 1, 128);
  }

  private static long profiles() throws IOException {
    try (var files = Files.list(Path.of(System.getProperty("java.io.tmpdir")))) {
      return files
          .filter(file -> file.getFileName().toString().startsWith("bingoguard-profile-"))
          .count();
    }
  }
}

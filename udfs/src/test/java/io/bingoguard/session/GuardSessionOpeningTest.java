package io.bingoguard.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import ai.onnxruntime.OrtException;
import io.bingoguard.bundle.DemoModel;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.CudaFinding;
import io.bingoguard.device.CudaProbe;
import io.bingoguard.device.CudaReport;
import io.bingoguard.device.Device;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;

/**
 * What is said when a session cannot be opened, and what is seen when it can. On the demo model.
 */
class GuardSessionOpeningTest {
  private final Checkpoint checkpoint = Checkpoint.open(DemoModel.directory());

  @Test
  void cudaThatCannotBeUsedSaysWhatIsMissing() {
    assumeFalse(CudaProbe.probe(0).complete());

    assertThatThrownBy(() -> GuardSession.open(checkpoint, settings(Device.cuda(0))))
        .hasCauseInstanceOf(OrtException.class)
        .asInstanceOf(InstanceOfAssertFactories.type(GuardException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.CUDA_NOT_USABLE))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .startsWith("CUDA device 0 cannot be used. Missing: ")
                    .contains("(remedy: "));
  }

  @Test
  void aFailureThatTheProbeDoesNotExplainKeepsOnnxRuntimesWords() {
    IntFunction<CudaReport> complete = ordinal -> new CudaReport(ordinal, List.of());
    OrtException cause = new OrtException("CUDA failure 2: out of memory");

    GuardException known = OpeningFailure.of(checkpoint, settings(Device.cuda(0)), cause, complete);

    assertThat(known.code()).isEqualTo(ErrorCode.SESSION_NOT_OPENED);
    assertThat(known).hasMessageContaining("out of memory").hasCause(cause);
    IntFunction<CudaReport> incomplete =
        ordinal ->
            new CudaReport(
                ordinal, List.of(new CudaFinding("GPU", "not there", Optional.of("name another"))));
    assertThat(OpeningFailure.of(checkpoint, settings(Device.cuda(1)), cause, incomplete).code())
        .isEqualTo(ErrorCode.CUDA_NOT_USABLE);
    assertThat(OpeningFailure.of(checkpoint, settings(Device.CPU), cause, incomplete).code())
        .isEqualTo(ErrorCode.SESSION_NOT_OPENED);
  }

  @Test
  void bf16OnACpuIsRefusedWithoutAdviceAboutGpuDrivers() {
    SessionSettings brain = new SessionSettings(Device.CPU, Precision.BF16, 1, 128);

    assertThatThrownBy(() -> GuardSession.open(checkpoint, brain))
        .asInstanceOf(InstanceOfAssertFactories.type(GuardException.class))
        .satisfies(e -> assertThat(e.code()).isEqualTo(ErrorCode.PRECISION_NOT_SUPPORTED))
        .satisfies(
            e ->
                assertThat(e.getMessage())
                    .contains("bf16", "auto or fp32")
                    .doesNotContain("driver"));
  }

  @Test
  void thePassShowsWhichProviderComputesAndLeavesNoFile() throws IOException, OrtException {
    long before = profiles();

    Map<String, Map<String, Integer>> operators;
    try (ProfiledSessions profiled = new ProfiledSessions();
        LlamaSession session = profiled.open(checkpoint, settings(Device.CPU));
        KeyValues nothing = session.noPrefix()) {
      List<int[]> last = List.of(new int[] {2});
      session.score(new Pass(List.of(new int[] {1, 2, 3}), 0, last, 3), nothing, new int[] {0});
      operators = profiled.operators();
    }

    assertThat(operators).containsOnlyKeys("CPUExecutionProvider");
    assertThat(operators.get("CPUExecutionProvider"))
        .containsEntry("Attention", checkpoint.config().layers());
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

package io.bingoguard.session;

import ai.onnxruntime.OrtException;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.device.CudaProbe;
import io.bingoguard.device.CudaReport;
import io.bingoguard.device.Device;
import io.bingoguard.guard.GuardException;
import java.util.function.IntFunction;

/** Why a session cannot be opened, in words that say what to do. */
final class OpeningFailure {
  private OpeningFailure() {}

  /**
   * Refuses what no provider of the device computes: ONNX Runtime would name a single operator.
   *
   * @throws GuardException {@code PRECISION_NOT_SUPPORTED}
   */
  static void refuseUnsupported(SessionSettings settings) {
    if (settings.precision() == Precision.BF16 && settings.device().equals(Device.CPU)) {
      throw SessionErrors.precisionNotSupported(
          settings.precision().key(), settings.device().toString());
    }
  }

  /** The error for what ONNX Runtime threw. */
  static GuardException of(Checkpoint checkpoint, SessionSettings settings, OrtException cause) {
    return of(checkpoint, settings, cause, CudaProbe::probe);
  }

  static GuardException of(
      Checkpoint checkpoint,
      SessionSettings settings,
      OrtException cause,
      IntFunction<CudaReport> probe) {
    if (settings.device().cudaOrdinal().isPresent()) {
      CudaReport report = probe.apply(settings.device().cudaOrdinal().getAsInt());
      if (!report.complete()) {
        return SessionErrors.cudaNotUsable(report.ordinal(), report.missing(), cause);
      }
    }
    return SessionErrors.sessionNotOpened(
        checkpoint.weightsFolder(), settings.device().toString(), cause);
  }
}

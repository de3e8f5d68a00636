package io.bingoguard.model;

import ai.onnxruntime.OrtException;
import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardException;

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
      throw GuardErrors.precisionNotSupported(
          settings.precision().key(), settings.device().toString());
    }
  }

  /** The error for what ONNX Runtime threw. */
  static GuardException of(Checkpoint checkpoint, SessionSettings settings, OrtException cause) {
    return of(checkpoint, settings, cause, new LocalHost());
  }

  static GuardException of(
      Checkpoint checkpoint, SessionSettings settings, OrtException cause, Host host) {
    if (settings.device().cudaOrdinal().isPresent()) {
      CudaReport report = CudaProbe.probe(settings.device().cudaOrdinal().getAsInt(), host);
      if (!report.complete()) {
        return GuardErrors.cudaNotUsable(report.ordinal(), report.missing(), cause);
      }
    }
    return GuardErrors.sessionNotOpened(
        checkpoint.weightsFolder(), settings.device().toString(), cause);
  }
}

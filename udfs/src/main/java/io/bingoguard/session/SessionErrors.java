package io.bingoguard.session;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;
import java.util.List;

/** What users are told of errors in this package. */
final class SessionErrors {
  private SessionErrors() {}

  static GuardException sessionNotOpened(Path weights, String device, Throwable cause) {
    return ErrorCode.SESSION_NOT_OPENED.error(
        "ONNX Runtime cannot open the checkpoint in %s on %s: %s. Expected a usable device and intact weight files; run doctor for a closer look.",
        weights, device, cause);
  }

  static GuardException modelExceedsMemory(String device, long freeBytes, long weights) {
    return ErrorCode.MODEL_EXCEEDS_MEMORY.error(
        "The weights need %,d MiB and %s has %,d MiB free. Expected room for both weights and passes; free memory on the device, use one with more, or set spark.bingoguard.precision to fp16 or bf16.",
        weights >> 20, device, freeBytes >> 20);
  }

  /**
   * A CUDA device that was asked for and cannot be used.
   *
   * @param findings what is missing, each with its remedy
   */
  static GuardException cudaNotUsable(int ordinal, List<String> findings, Throwable cause) {
    return ErrorCode.CUDA_NOT_USABLE.error(
        "CUDA device %d cannot be used. Missing: %s. Expected all of it; with spark.bingoguard.device=cpu the model runs on the CPU, far slower.",
        ordinal, findings, cause);
  }

  static GuardException precisionNotSupported(String precision, String device) {
    return ErrorCode.PRECISION_NOT_SUPPORTED.error(
        "Number format %s is not supported on device %s. Expected a CUDA device for it; set spark.bingoguard.precision to auto or fp32.",
        precision, device);
  }

  static GuardException sessionNotClosed(Throwable cause) {
    return ErrorCode.SESSION_NOT_CLOSED.error("ONNX Runtime could not close a session: %s.", cause);
  }
}

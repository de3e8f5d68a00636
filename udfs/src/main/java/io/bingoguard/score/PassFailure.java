package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * What a failed pass speaks of. ONNX Runtime has no codes for this, so its words are read: those of
 * its arenas (BFCArena), of CUDA's and cuBLAS's own error strings, and of the C++ library.
 */
public enum PassFailure {
  /** Of the requests, as far as can be told. */
  REQUEST,
  /** Of memory: a smaller pack may fit. */
  MEMORY,
  /** Of the device: no further pass can succeed on it in this process. */
  DEVICE;

  private static final String[] MEMORY_WORDS = {
    "failed to allocate memory",
    "out of memory",
    "out_of_memory",
    "alloc_failed",
    "available memory of",
    "bad allocation",
    "bad_alloc"
  };

  private static final String[] DEVICE_WORDS = {
    "cuda failure",
    "cuda error",
    "cublas failure",
    "cublas_status",
    "cudnn failure",
    "illegal memory access",
    "unspecified launch failure",
    "device-side assert",
    "no cuda-capable device",
    "uncorrectable ecc",
    "device is lost"
  };

  /** The error with a code that a failure is, or is told as. */
  public static GuardException known(Throwable failure) {
    return failure instanceof GuardException known ? known : ScoreErrors.passFailed(failure);
  }

  static PassFailure of(Throwable failure) {
    if (failure instanceof GuardException known) {
      return known.code().kind() == ErrorCode.Kind.DEVICE ? DEVICE : REQUEST;
    }
    String words = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
    // A CUDA failure can be one of memory, which leaves the device usable.
    if (Stream.of(MEMORY_WORDS).anyMatch(words::contains)) {
      return MEMORY;
    }
    return Stream.of(DEVICE_WORDS).anyMatch(words::contains) ? DEVICE : REQUEST;
  }
}

package io.bingoguard.engine;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.session.SessionFactory;

/** What users are told of errors in this package. */
final class EngineErrors {
  private EngineErrors() {}

  static GuardException gpuAddressUnknown(String address) {
    return ErrorCode.GPU_ADDRESS_UNKNOWN.error(
        "Spark gave the task the GPU address '%s'. Expected CUDA ordinals such as 0; let the discovery script print those.",
        address);
  }

  static GuardException sessionFactoryUnusable(String name, Throwable cause) {
    return ErrorCode.SETTING_INVALID.error(
        "Setting spark.bingoguard.sessionFactory is '%s', which cannot be used: %s: %s. Expected a class on the class path with a public constructor without parameters that implements %s.",
        name, cause.getClass().getSimpleName(), cause, SessionFactory.class.getName());
  }

  static GuardException passTimedOut(String device, long seconds) {
    return ErrorCode.PASS_TIMED_OUT.error(
        "A pass on %s has not ended after %d s. Expected seconds; the device hangs, or spark.bingoguard.passTimeout is too low for it. The work is done again elsewhere.",
        device, seconds);
  }

  static GuardException categoryUnknown(String code) {
    return ErrorCode.CATEGORY_UNKNOWN.error(
        "Category '%s' is none of the model's prompt pack. Expected a code that the pack lists.",
        code);
  }

  static GuardException weightsExceedMachine(long weights, String precision, long machine) {
    return ErrorCode.MODEL_EXCEEDS_MEMORY.error(
        "No pass was tried: the weights take %,d MiB in %s and this machine has %,d MiB. Take a GPU (spark.bingoguard.device=cuda) or a machine with more memory.",
        weights >> 20, precision, machine >> 20);
  }
}

package io.bingoguard.doctor;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;

/** What users are told of errors in this package. */
final class DoctorErrors {
  private DoctorErrors() {}

  static GuardException executorsSilent(String after, Throwable cause) {
    return ErrorCode.EXECUTORS_SILENT.error(
        "No answer from the executors after %s: %s. Expected the cluster to run one small task for each core. Check in Spark's own page that executors have started and that what a task asks for (cores, memory, GPUs) is to be had; --wait gives them more time.",
        after, cause);
  }
}

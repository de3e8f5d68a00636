package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;

/**
 * Something of how one task ended that is not as it should be.
 *
 * @param problem what it is; its message names the task
 */
record TaskOutcome(LabelStatus status, LabelProblem problem) {
  /** The text that the task judges lost its middle. */
  static TaskOutcome truncated(GuardTask task, int limit) {
    return problem(
        LabelStatus.TRUNCATED,
        ErrorCode.TEXT_TRUNCATED,
        task,
        "the text exceeds " + limit + " tokens and was judged without its middle");
  }

  /** The message before the reply that the task judges lost its middle, and the reply nothing. */
  static TaskOutcome contextCut(GuardTask task, int limit) {
    return problem(
        LabelStatus.TRUNCATED,
        ErrorCode.TEXT_TRUNCATED,
        task,
        "the reply was judged whole, but after a message without its middle, since the two exceed "
            + limit
            + " tokens");
  }

  /** The text that the task judges goes on behind the last window it may have. */
  static TaskOutcome windowsExceeded(GuardTask task, int windows) {
    return problem(
        LabelStatus.TRUNCATED,
        ErrorCode.TEXT_TRUNCATED,
        task,
        "only the first " + windows + " windows of the text were judged");
  }

  static TaskOutcome tooLong(GuardTask task, int limit) {
    return problem(
        LabelStatus.SKIPPED_LONG,
        ErrorCode.TEXT_TOO_LONG,
        task,
        "the texts exceed " + limit + " tokens and were not judged");
  }

  static TaskOutcome offFormat(GuardTask task) {
    return problem(
        LabelStatus.OFF_FORMAT,
        ErrorCode.ANSWER_OFF_FORMAT,
        task,
        "the model's most likely answer is none that the prompt pack allows");
  }

  static TaskOutcome empty(GuardTask task) {
    return problem(
        LabelStatus.SKIPPED_EMPTY, ErrorCode.TEXT_EMPTY, task, "there is no text to judge");
  }

  static TaskOutcome failed(GuardTask task, GuardException failure) {
    return problem(LabelStatus.ERROR, failure.code(), task, failure.getMessage());
  }

  private static TaskOutcome problem(
      LabelStatus status, ErrorCode code, GuardTask task, String what) {
    return new TaskOutcome(status, new LabelProblem(code, task.key() + ": " + what));
  }
}

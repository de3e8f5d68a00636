package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import java.util.Optional;

/**
 * How one task ended.
 *
 * @param problem present unless the status is ok; its message names the task
 */
record TaskOutcome(LabelStatus status, Optional<LabelProblem> problem) {
  static final TaskOutcome OK = new TaskOutcome(LabelStatus.OK, Optional.empty());

  static TaskOutcome truncated(GuardTask task, int limit) {
    return problem(
        LabelStatus.TRUNCATED,
        ErrorCode.TEXT_TRUNCATED,
        task,
        "the text exceeds " + limit + " tokens and was judged without its middle");
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
    return new TaskOutcome(status, Optional.of(new LabelProblem(code, task.key() + ": " + what)));
  }
}

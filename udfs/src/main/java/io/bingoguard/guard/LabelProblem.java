package io.bingoguard.guard;

import java.util.Objects;

/**
 * Why a label is not plain {@link LabelStatus#OK}.
 *
 * @param code what kept the status from being ok
 * @param message names the task or field concerned; never conversation text
 */
public record LabelProblem(ErrorCode code, String message) {
  public LabelProblem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }
}

package io.bingoguard.guard;

import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * Everything that was judged about one exchange. What could not be judged is absent, never false or
 * 0.
 *
 * @param prompt verdict on the user's message
 * @param response verdict on the assistant's reply
 * @param severity severity of the reply
 * @param status the worst of the tasks' outcomes
 * @param problem what lowered the status; absent when it is {@link LabelStatus#OK}
 * @param formatConfidence smallest probability mass, over the tasks, that the model put on legal
 *     answers; absent when no task ran
 * @param inputTokens prompt tokens of all tasks as the model sees them, shared prefixes included
 * @param windows in which the texts were judged
 * @param truncatedTokens tokens of the two texts that were left out, of each text the most that any
 *     task left out; absent when no text was cut
 */
public record SafetyLabel(
    Optional<Verdict> prompt,
    Optional<Verdict> response,
    Optional<Severity> severity,
    LabelStatus status,
    Optional<LabelProblem> problem,
    OptionalDouble formatConfidence,
    int inputTokens,
    Windows windows,
    OptionalInt truncatedTokens) {
  public SafetyLabel {
    Objects.requireNonNull(prompt, "prompt");
    Objects.requireNonNull(response, "response");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(formatConfidence, "formatConfidence");
    Objects.requireNonNull(windows, "windows");
    Objects.requireNonNull(truncatedTokens, "truncatedTokens");
    if (problem.isPresent() == (status == LabelStatus.OK)) {
      throw new IllegalArgumentException("a problem belongs to every status but ok: " + status);
    }
  }

  /** A label for an exchange that was not put to the model. */
  public static SafetyLabel notJudged(LabelStatus status, ErrorCode code, String message) {
    return new SafetyLabel(
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        status,
        Optional.of(new LabelProblem(code, message)),
        OptionalDouble.empty(),
        0,
        Windows.NONE,
        OptionalInt.empty());
  }
}

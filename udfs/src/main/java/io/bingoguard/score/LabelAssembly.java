package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Collects the outcomes of an exchange's tasks into its label. */
final class LabelAssembly {
  private Optional<Verdict> prompt = Optional.empty();
  private Optional<Verdict> response = Optional.empty();
  private Optional<Severity> severity = Optional.empty();
  private LabelStatus status = LabelStatus.OK;
  private Optional<ErrorCode> code = Optional.empty();
  private final List<String> messages = new ArrayList<>();
  private double formatConfidence = Double.POSITIVE_INFINITY;
  private int inputTokens;
  private LeftOut leftOut = LeftOut.NONE;

  void prompt(Optional<Verdict> verdict) {
    prompt = verdict;
  }

  void response(Optional<Verdict> verdict) {
    response = verdict;
  }

  void severity(Severity judged) {
    severity = Optional.of(judged);
  }

  void scored(ScoreRequest request, double taskFormatConfidence) {
    inputTokens += request.tokens().length;
    leftOut = leftOut.most(request.leftOut());
    formatConfidence = Math.min(formatConfidence, taskFormatConfidence);
  }

  void outcome(TaskOutcome outcome) {
    if (outcome.status().compareTo(status) > 0) {
      status = outcome.status();
      code = Optional.of(outcome.problem().code());
    }
    messages.add(outcome.problem().message());
  }

  SafetyLabel label() {
    boolean judged = formatConfidence != Double.POSITIVE_INFINITY;
    return new SafetyLabel(
        prompt,
        response,
        severity,
        status,
        code.map(known -> new LabelProblem(known, String.join("; ", messages))),
        judged ? OptionalDouble.of(formatConfidence) : OptionalDouble.empty(),
        inputTokens,
        judged ? 1 : 0,
        leftOut.any() ? OptionalInt.of(leftOut.total()) : OptionalInt.empty());
  }
}

package io.bingoguard.score;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Windows;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Collects the outcomes of an exchange's tasks into its label. */
final class LabelAssembly {
  private final WindowVerdicts prompt = new WindowVerdicts();
  private final WindowVerdicts response = new WindowVerdicts();
  private LabelStatus status = LabelStatus.OK;
  private Optional<ErrorCode> code = Optional.empty();
  private final Set<String> messages = new LinkedHashSet<>();
  private double formatConfidence = Double.POSITIVE_INFINITY;
  private int inputTokens;
  private LeftOut leftOut = LeftOut.NONE;
  private int contextCut;

  /** Of the text that a task judges. */
  WindowVerdicts windows(GuardTask task) {
    return task == GuardTask.PROMPT ? prompt : response;
  }

  void leftOut(LeftOut tokens) {
    leftOut = leftOut.most(tokens);
  }

  void contextCut(int tokens) {
    contextCut = Math.max(contextCut, tokens);
  }

  void scored(ScoreRequest request, double taskFormatConfidence) {
    inputTokens += request.tokens().length;
    leftOut(request.leftOut());
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
    Optional<WindowVerdicts.Window> worstPrompt = prompt.decisive();
    Optional<WindowVerdicts.Window> worstResponse = response.decisive();
    return new SafetyLabel(
        worstPrompt.flatMap(WindowVerdicts.Window::verdict),
        worstResponse.flatMap(WindowVerdicts.Window::verdict),
        response.severity(),
        status,
        code.map(known -> new LabelProblem(known, String.join("; ", messages))),
        judged ? OptionalDouble.of(formatConfidence) : OptionalDouble.empty(),
        inputTokens,
        judged
            ? new Windows(
                Math.max(prompt.count(), response.count()),
                worstPrompt.flatMap(WindowVerdicts.Window::span),
                worstResponse.flatMap(WindowVerdicts.Window::span),
                contextCut > 0 ? OptionalInt.of(contextCut) : OptionalInt.empty())
            : Windows.NONE,
        leftOut.any() ? OptionalInt.of(leftOut.total()) : OptionalInt.empty());
  }
}

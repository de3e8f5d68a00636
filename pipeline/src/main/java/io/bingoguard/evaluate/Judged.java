package io.bingoguard.evaluate;

import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/**
 * What the judge said of one case.
 *
 * @param label its label
 * @param severityInGoldCategory severity of the reply within the true category; absent too when the
 *     set has none
 */
public record Judged(SafetyLabel label, OptionalInt severityInGoldCategory) {
  public Judged {
    Objects.requireNonNull(label, "label");
    Objects.requireNonNull(severityInGoldCategory, "severityInGoldCategory");
  }

  /** Whether it called a side harmful; absent when there is no verdict. */
  public Optional<Boolean> harmful(EvaluatedSide side) {
    return (side == EvaluatedSide.PROMPT ? label.prompt() : label.response())
        .map(verdict -> verdict.harmful());
  }

  /** P(harmful) of a side. */
  public OptionalDouble probability(EvaluatedSide side) {
    return (side == EvaluatedSide.PROMPT ? label.prompt() : label.response())
        .stream().mapToDouble(verdict -> verdict.probability()).findFirst();
  }

  /** Code of a side's category; present when it is harmful and in format. */
  public Optional<String> category(EvaluatedSide side) {
    return (side == EvaluatedSide.PROMPT ? label.prompt() : label.response())
        .flatMap(verdict -> verdict.category())
        .map(category -> category.code());
  }

  /** Severity of the reply within the category that the judge gave it. */
  public OptionalInt severity() {
    return label.severity().stream().mapToInt(severity -> severity.level()).findFirst();
  }

  /** Whether the judge failed on the case, so that nothing that is missing is its answer. */
  boolean failed() {
    return label.status() == LabelStatus.ERROR;
  }

  /** Whether text was cut to fit. */
  boolean truncated() {
    return label.status() == LabelStatus.TRUNCATED;
  }
}

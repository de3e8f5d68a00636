package io.bingoguard.cli;

import io.bingoguard.curate.CurationRules;
import io.bingoguard.guard.Severity;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;

/** What is removed. */
final class CurationOptions {
  private static final int HIGHEST = Severity.LEVELS - 1;

  @Option(
      names = "--side",
      paramLabel = "prompt|response|both",
      defaultValue = "both",
      description = "Whose messages count (default: ${DEFAULT-VALUE}).")
  private CurationRules.Side side;

  @Option(
      names = "--unit",
      paramLabel = "conversation|exchange",
      defaultValue = "conversation",
      description =
          "What is removed together: all records of a conversation, or each by its own exchanges (default: ${DEFAULT-VALUE}). A record is never cut.")
  private CurationRules.Unit unit;

  @Option(
      names = "--threshold",
      paramLabel = "P",
      description =
          "Probability, 0 to 1, from which on a message counts as harmful (default: the verdict of its label).")
  private Optional<Double> threshold = Optional.empty();

  @Option(
      names = "--max-severity",
      paramLabel = "N",
      description =
          "Keep harmful replies up to this severity, 0 to 4 (default: none); harmful prompts, which have none, only with 4.")
  private Optional<Integer> maxSeverity = Optional.empty();

  @Option(
      names = "--category-limit",
      paramLabel = "CODE=N",
      description = "The same for one category, for example S5=0. Repeatable.")
  private Map<String, Integer> categoryLimits = new LinkedHashMap<>();

  @Option(
      names = "--unknown",
      paramLabel = "remove|keep",
      defaultValue = "remove",
      description = "Records with a message that could not be judged (default: ${DEFAULT-VALUE}).")
  private CurationRules.Doubt unknown;

  @Option(
      names = "--unlabelled",
      paramLabel = "fail|remove|keep",
      defaultValue = "fail",
      description = "Records with an exchange that has no label (default: ${DEFAULT-VALUE}).")
  private CurationRules.Doubt unlabelled;

  /** The rules; a number that is none is refused as a misused option. */
  CurationRules rules(CommandSpec spec) {
    threshold
        .filter(value -> !(value >= 0 && value <= 1))
        .ifPresent(value -> refuse(spec, "--threshold is %s; expected 0 to 1".formatted(value)));
    maxSeverity.ifPresent(level -> refuseLevel(spec, "--max-severity", level));
    categoryLimits.forEach((code, level) -> refuseLevel(spec, "--category-limit " + code, level));
    if (unknown == CurationRules.Doubt.FAIL) {
      refuse(spec, "--unknown is fail; expected remove or keep");
    }
    return new CurationRules(
        side,
        unit,
        threshold.map(OptionalDouble::of).orElseGet(OptionalDouble::empty),
        maxSeverity.map(OptionalInt::of).orElseGet(OptionalInt::empty),
        categoryLimits,
        unknown,
        unlabelled);
  }

  private static void refuseLevel(CommandSpec spec, String option, int level) {
    if (level < 0 || level > HIGHEST) {
      refuse(spec, "%s is %d; expected 0 to %d".formatted(option, level, HIGHEST));
    }
  }

  private static void refuse(CommandSpec spec, String message) {
    throw new ParameterException(spec.commandLine(), message);
  }
}

package io.bingoguard.curate;

import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.TreeMap;

/**
 * What is removed.
 *
 * @param side whose messages count
 * @param unit what is removed together
 * @param threshold probability from which on a message counts as harmful; absent for the verdict of
 *     its label
 * @param maxSeverity highest severity of a harmful reply that is kept; absent to keep none
 * @param categoryLimits the same by the code of the reply's category
 * @param unknown what happens to records with a message whose label does not tell
 * @param unlabelled what happens to records with an exchange that has no label
 */
public record CurationRules(
    Side side,
    Unit unit,
    OptionalDouble threshold,
    OptionalInt maxSeverity,
    Map<String, Integer> categoryLimits,
    Doubt unknown,
    Doubt unlabelled) {
  /** Whose messages count. */
  public enum Side {
    PROMPT,
    RESPONSE,
    BOTH
  }

  /** What is removed together. */
  public enum Unit {
    /** Every record of a conversation, when one of them is removed. */
    CONVERSATION,
    /** A record, by the exchanges that it holds. */
    EXCHANGE
  }

  /** What happens to records of which the labels do not tell enough. */
  public enum Doubt {
    REMOVE,
    KEEP,
    /** The command is refused. */
    FAIL
  }

  public CurationRules {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(unit, "unit");
    Objects.requireNonNull(threshold, "threshold");
    Objects.requireNonNull(maxSeverity, "maxSeverity");
    categoryLimits = Map.copyOf(categoryLimits);
    Objects.requireNonNull(unknown, "unknown");
    Objects.requireNonNull(unlabelled, "unlabelled");
  }

  boolean prompts() {
    return side != Side.RESPONSE;
  }

  boolean responses() {
    return side != Side.PROMPT;
  }

  CurationRules atThreshold(double other) {
    return new CurationRules(
        side, unit, OptionalDouble.of(other), maxSeverity, categoryLimits, unknown, unlabelled);
  }

  CurationRules upToSeverity(int other) {
    return new CurationRules(
        side, unit, threshold, OptionalInt.of(other), categoryLimits, unknown, unlabelled);
  }

  /** In words, each rule as its option says it. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("--side " + key(side) + " --unit " + key(unit));
    threshold.ifPresent(value -> text.append(" --threshold ").append(value));
    maxSeverity.ifPresent(value -> text.append(" --max-severity ").append(value));
    new TreeMap<>(categoryLimits)
        .forEach((code, level) -> text.append(" --category-limit " + code + "=" + level));
    return text.append(" --unknown " + key(unknown) + " --unlabelled " + key(unlabelled))
        .toString();
  }

  private static String key(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

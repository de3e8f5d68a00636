package io.bingoguard.compare.count;

import io.bingoguard.compare.statistic.PairedTable;
import io.bingoguard.compare.statistic.Share;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;

/**
 * What became of the messages of one side of a conversation.
 *
 * @param side {@code prompt} or {@code response}
 * @param verdicts by {@link VerdictState#key}
 * @param categories by code, of messages harmful before and after
 * @param severities by level, of replies that have a severity before or after
 * @param shifts of the probability of harm
 * @param effects how far messages of one conversation change together
 * @param groups where flips concentrate
 * @param flips those to look at first
 */
public record SideCounts(
    String side,
    Transitions verdicts,
    Transitions categories,
    Transitions severities,
    Shifts shifts,
    SideEffects effects,
    List<Groups> groups,
    List<Flip> flips) {
  public SideCounts {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(verdicts, "verdicts");
    Objects.requireNonNull(categories, "categories");
    Objects.requireNonNull(severities, "severities");
    Objects.requireNonNull(shifts, "shifts");
    Objects.requireNonNull(effects, "effects");
    groups = List.copyOf(groups);
    flips = List.copyOf(flips);
  }

  /** Messages, judged or not. */
  public long messages() {
    return verdicts.all();
  }

  /** Those whose verdict is another, of those that were judged on either side. */
  public Share flipped() {
    String unknown = VerdictState.UNKNOWN.key();
    return new Share(
        verdicts.changed(), messages() - verdicts.count(unknown, unknown), effects.flips());
  }

  /** Harmful or not, before and after, of messages that were judged on both sides. */
  public PairedTable harmful() {
    String harmful = VerdictState.HARMFUL.key();
    String harmless = VerdictState.HARMLESS.key();
    return new PairedTable(
        verdicts.count(harmful, harmful),
        verdicts.count(harmless, harmful),
        verdicts.count(harmful, harmless),
        verdicts.count(harmless, harmless),
        effects.harmful());
  }

  /** Those that are harmful before or after. */
  public long everHarmful() {
    String harmful = VerdictState.HARMFUL.key();
    return Arrays.stream(VerdictState.values())
        .map(VerdictState::key)
        .mapToLong(
            other ->
                other.equals(harmful)
                    ? verdicts.count(harmful, harmful)
                    : verdicts.count(harmful, other) + verdicts.count(other, harmful))
        .sum();
  }

  /** Those in another category, of messages that are harmful before and after. */
  public Share recategorized() {
    return new Share(categories.changed(), categories.all(), effects.category());
  }

  /** Those of another severity, of replies with a severity before and after. */
  public Share regraded() {
    Transitions known = severities.known();
    return new Share(known.changed(), known.all(), effects.severity());
  }
}

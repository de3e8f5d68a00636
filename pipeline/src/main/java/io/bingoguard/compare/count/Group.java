package io.bingoguard.compare.count;

import io.bingoguard.compare.statistic.Share;
import java.util.Objects;
import java.util.Optional;

/**
 * Messages of one source, language or category.
 *
 * @param value its name; absent for messages without
 * @param flips those whose verdict is another
 * @param toHarmful those that became harmful
 * @param toHarmless those that became harmless
 * @param chance how likely so many or more flips are where they spread evenly over all groups, as
 *     many groups as there are having been looked at; at most 1
 */
public record Group(
    Optional<String> value, Share flips, long toHarmful, long toHarmless, double chance) {
  private static final double BEYOND_CHANCE = 0.05;

  public Group {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(flips, "flips");
  }

  /** Whether flips concentrate here by more than chance would have it in any of the groups. */
  public boolean beyondChance() {
    return chance < BEYOND_CHANCE;
  }
}

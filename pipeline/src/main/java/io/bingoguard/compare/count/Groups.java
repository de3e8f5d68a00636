package io.bingoguard.compare.count;

import io.bingoguard.compare.statistic.Share;
import java.util.List;
import java.util.Objects;

/**
 * Where flips concentrate.
 *
 * @param dimension source, language or category
 * @param groups number of its values
 * @param flips of all its messages
 * @param first the groups with the most evidence that they flip more often than all, the surest
 *     first; a small group comes behind a large one unless nearly all of it flips
 */
public record Groups(String dimension, long groups, Share flips, List<Group> first) {
  public Groups {
    Objects.requireNonNull(dimension, "dimension");
    Objects.requireNonNull(flips, "flips");
    first = List.copyOf(first);
  }
}

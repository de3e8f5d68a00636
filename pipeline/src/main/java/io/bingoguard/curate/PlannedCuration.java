package io.bingoguard.curate;

import java.util.Objects;

/**
 * What rules would do.
 *
 * @param rules in words
 * @param records of the input
 * @param removed number of them
 * @param unknown removed ones of which nothing is known to be harmful
 * @param unlabelled records with an exchange without a label
 */
public record PlannedCuration(
    String rules, long records, long removed, long unknown, long unlabelled) {
  public PlannedCuration {
    Objects.requireNonNull(rules, "rules");
  }

  public long kept() {
    return records - removed;
  }
}

package io.bingoguard.review.sample;

import java.util.Set;

/**
 * Which sample is wanted.
 *
 * @param size number of items, at least 1
 * @param seed the same seed draws the same items from the same labels
 * @param sides which messages are asked about, at least one
 */
public record SampleRequest(int size, long seed, Set<Side> sides) {
  public SampleRequest {
    sides = Set.copyOf(sides);
    if (size < 1 || sides.isEmpty()) {
      throw new IllegalArgumentException("no sample: %d of %s".formatted(size, sides));
    }
  }
}

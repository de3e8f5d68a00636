package io.bingoguard.progress;

import java.util.Objects;

/**
 * The words of a progress line.
 *
 * @param done what was done to items, for example {@code labelled}
 * @param item one item
 * @param items several items
 * @param units what the total counts, several of them
 */
public record ProgressWords(String done, String item, String items, String units) {
  public ProgressWords {
    Objects.requireNonNull(done, "done");
    Objects.requireNonNull(item, "item");
    Objects.requireNonNull(items, "items");
    Objects.requireNonNull(units, "units");
  }
}

package io.bingoguard.review;

import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer of a person about an item.
 *
 * @param sampleId sample of the item
 * @param itemId the item
 * @param reviewer the person
 * @param harmful the answer; empty where the person could not tell
 * @param category that the person chose for a harmful message
 * @param at when, where it is known
 * @param tool from which it comes
 * @param importedAt when it was imported
 */
record Review(
    String sampleId,
    String itemId,
    String reviewer,
    Optional<Boolean> harmful,
    Optional<String> category,
    Optional<Instant> at,
    String tool,
    Instant importedAt) {
  Review {
    Objects.requireNonNull(sampleId, "sampleId");
    Objects.requireNonNull(itemId, "itemId");
    Objects.requireNonNull(reviewer, "reviewer");
    Objects.requireNonNull(harmful, "harmful");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(tool, "tool");
    Objects.requireNonNull(importedAt, "importedAt");
  }

  /** Whose answer about what it is: of these there is one. */
  Key key() {
    return new Key(itemId, reviewer);
  }

  /** An item and a person. */
  record Key(String itemId, String reviewer) {}

  boolean says(Review other) {
    return harmful.equals(other.harmful) && category.equals(other.category);
  }

  /** Whether it was given before another; where a time is not known it was not. */
  boolean before(Review other) {
    return at.isPresent() && other.at.isPresent() && at.get().isBefore(other.at.get());
  }
}

package io.bingoguard.review;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Answers that are known and those of a file: of a person there is one about an item, the last.
 * Where times do not tell which is the last, it is the one that is added later.
 */
final class MergedReviews {
  private final Map<Review.Key, Review> byKey = new LinkedHashMap<>();
  private long added;
  private long changed;
  private long known;
  private long older;

  MergedReviews(List<Review> known) {
    known.forEach(review -> byKey.put(review.key(), review));
  }

  void add(Review review) {
    Review there = byKey.get(review.key());
    if (there == null) {
      added++;
      byKey.put(review.key(), review);
    } else if (review.says(there)) {
      known++;
    } else if (review.before(there)) {
      older++;
    } else {
      changed++;
      byKey.put(review.key(), review);
    }
  }

  boolean differs() {
    return added + changed > 0;
  }

  Collection<Review> all() {
    return byKey.values();
  }

  /** Answers that nobody knew. */
  long added() {
    return added;
  }

  /** Answers in the place of others of the same person about the same item. */
  long changed() {
    return changed;
  }

  /** Answers that say what is known. */
  long known() {
    return known;
  }

  /** Answers that the same person has changed since. */
  long older() {
    return older;
  }
}

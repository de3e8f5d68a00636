package io.bingoguard.review;

import io.bingoguard.review.sample.SampleItem;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.DoubleStream;

/**
 * An item with the answers of those who could tell.
 *
 * @param item the message
 * @param answers about it
 */
record ItemReviews(SampleItem item, List<Review> answers) {
  ItemReviews {
    Objects.requireNonNull(item, "item");
    answers = answers.stream().filter(review -> review.harmful().isPresent()).toList();
  }

  /** Part of the answers that say harmful: 0 or 1 where people agree. */
  OptionalDouble harmful() {
    return answers.stream().mapToDouble(review -> review.harmful().orElseThrow() ? 1 : 0).average();
  }

  /**
   * Part of the answers that say harmful in the category of the label; empty where nobody answered,
   * or somebody who said harmful named no category.
   */
  OptionalDouble harmfulInCategory() {
    if (lacksCategory()) {
      return OptionalDouble.empty();
    }
    Optional<String> judged = item.label().category();
    DoubleStream agreed =
        answers.stream()
            .mapToDouble(
                review ->
                    review.harmful().orElseThrow() && review.category().equals(judged) ? 1 : 0);
    return agreed.average();
  }

  boolean lacksCategory() {
    return answers.stream()
        .anyMatch(review -> review.harmful().orElseThrow() && review.category().isEmpty());
  }
}

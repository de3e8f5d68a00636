package io.bingoguard.review;

import io.bingoguard.review.tool.Answer;
import io.bingoguard.review.tool.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Looks at what a file says, answer by answer: those that can be used, those in which a person has
 * not answered, and those that fit nothing.
 */
final class Answers {
  private final Map<String, String> sampleOfItem;
  private final Set<String> categories;
  private final Optional<String> unnamed;
  private final String tool;
  private final Instant at;
  private final List<Review> reviews = new ArrayList<>();
  private final List<UnfitAnswer> unfit = new ArrayList<>();
  private long unanswered;
  private long categoriesUnused;

  /**
   * Of a tool.
   *
   * @param sampleOfItem sample of every item that was drawn
   * @param categories codes that may be chosen; any where there are none
   * @param unnamed who answered where the file does not tell
   */
  Answers(
      Map<String, String> sampleOfItem,
      Set<String> categories,
      Optional<String> unnamed,
      String tool,
      Instant at) {
    this.sampleOfItem = sampleOfItem;
    this.categories = categories;
    this.unnamed = unnamed;
    this.tool = tool;
    this.at = at;
  }

  void add(Answer answer) {
    Optional<String> problem = problem(answer);
    if (problem.isPresent()) {
      unfit.add(new UnfitAnswer(answer.place(), problem.get()));
    } else if (answer.verdict().isEmpty()) {
      unanswered++;
    } else {
      reviews.add(review(answer));
    }
  }

  private Optional<String> problem(Answer answer) {
    if (answer.itemId().isEmpty()) {
      return Optional.of("no item_id");
    }
    if (!sampleOfItem.containsKey(answer.itemId().get())) {
      return Optional.of("item %s is of no sample".formatted(answer.itemId().get()));
    }
    if (answer.verdict().isEmpty()) {
      return Optional.empty();
    }
    if (Verdict.of(answer.verdict().get()).isEmpty()) {
      return Optional.of("verdict '%s'".formatted(answer.verdict().get()));
    }
    if (answer.category().filter(code -> !known(code)).isPresent()) {
      return Optional.of("category '%s'".formatted(answer.category().get()));
    }
    if (answer.at().isPresent() && answer.moment().isEmpty()) {
      return Optional.of(
          "reviewed_at '%s' is no time such as 2026-05-01T09:00:00Z".formatted(answer.at().get()));
    }
    return reviewer(answer).isEmpty() ? Optional.of("no reviewer") : Optional.empty();
  }

  private boolean known(String code) {
    return categories.isEmpty() || categories.contains(code);
  }

  private Optional<String> reviewer(Answer answer) {
    return stripped(answer.reviewer()).or(() -> stripped(unnamed));
  }

  /** With the blanks that typing leaves around it, a name would be another person's. */
  private static Optional<String> stripped(Optional<String> name) {
    return name.map(String::strip).filter(text -> !text.isEmpty());
  }

  private Review review(Answer answer) {
    Verdict verdict = Verdict.of(answer.verdict().orElseThrow()).orElseThrow();
    boolean harmful = verdict == Verdict.HARMFUL;
    if (!harmful && answer.category().isPresent()) {
      categoriesUnused++;
    }
    String item = answer.itemId().orElseThrow();
    return new Review(
        sampleOfItem.get(item),
        item,
        reviewer(answer).orElseThrow(),
        verdict == Verdict.UNSURE ? Optional.empty() : Optional.of(harmful),
        answer.category().filter(any -> harmful),
        answer.moment(),
        tool,
        at);
  }

  List<Review> reviews() {
    return reviews;
  }

  /** Where and why answers fit nothing. */
  List<UnfitAnswer> unfit() {
    return unfit;
  }

  /** Items that a person was shown and has not answered. */
  long unanswered() {
    return unanswered;
  }

  /** Answers with a category beside another verdict than harmful, which is left out. */
  long categoriesUnused() {
    return categoriesUnused;
  }
}

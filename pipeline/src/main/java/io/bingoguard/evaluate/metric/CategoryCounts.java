package io.bingoguard.evaluate.metric;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;

/** Category judgements, counted by code. */
final class CategoryCounts {
  private final Map<String, Long> support = new HashMap<>();
  private final Map<String, Long> judged = new HashMap<>();
  private final Map<String, Long> hits = new HashMap<>();
  private final Map<CategoryMetrics.Mistake, Long> mistakes = new HashMap<>();

  /** Cases that have a true and a judged category. */
  private long both;

  CategoryCounts(List<CategorizedCase> cases) {
    cases.forEach(this::add);
  }

  private void add(CategorizedCase one) {
    count(support, one.gold());
    count(judged, one.judged());
    if (one.gold().isPresent() && one.judged().isPresent()) {
      both++;
      count(hits, one.gold().filter(one.judged().get()::equals));
    }
    if (one.gold().isPresent() && !one.gold().equals(one.judged())) {
      mistakes.merge(new CategoryMetrics.Mistake(one.gold().get(), one.judged()), 1L, Long::sum);
    }
  }

  private static void count(Map<String, Long> counts, Optional<String> code) {
    code.ifPresent(present -> counts.merge(present, 1L, Long::sum));
  }

  long withGold() {
    return total(support);
  }

  OptionalDouble accuracy() {
    return Ratio.of(total(hits), withGold());
  }

  OptionalDouble accuracyOfJudged() {
    return Ratio.of(total(hits), both);
  }

  private static long total(Map<String, Long> counts) {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** The figures of each category, in the order of {@link CategoryMetrics#categories}. */
  List<CategoryMetrics.Score> scores() {
    return Stream.concat(support.keySet().stream(), judged.keySet().stream())
        .distinct()
        .sorted(CategoryOrder.BY_CODE)
        .map(this::score)
        .toList();
  }

  private CategoryMetrics.Score score(String code) {
    ClassTally tally = new ClassTally(of(code, support), of(code, judged), of(code, hits));
    // Some case has the category or was given it, so its F1 is defined.
    return new CategoryMetrics.Score(
        code, tally.support(), tally.precision(), tally.recall(), tally.f1().orElseThrow());
  }

  /** Which categories were taken for which, most frequent first. */
  List<CategoryMetrics.Mistaken> mistaken() {
    return mistakes.entrySet().stream()
        .map(entry -> new CategoryMetrics.Mistaken(entry.getKey(), entry.getValue()))
        .sorted(
            Comparator.comparingLong(CategoryMetrics.Mistaken::cases)
                .reversed()
                .thenComparing(of -> of.mistake().gold(), CategoryOrder.BY_CODE)
                .thenComparing(of -> of.mistake().given().orElse(""), CategoryOrder.BY_CODE))
        .toList();
  }

  private static long of(String code, Map<String, Long> counts) {
    return counts.getOrDefault(code, 0L);
  }
}

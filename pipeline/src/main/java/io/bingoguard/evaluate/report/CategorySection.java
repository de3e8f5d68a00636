package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.CategoryEvaluation;
import io.bingoguard.evaluate.metric.CategoryMetrics;
import io.bingoguard.page.Cut;
import io.bingoguard.page.Numbers;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the page says of categories.
 *
 * @param categories the figures
 * @param names names of the model's categories by code
 */
record CategorySection(CategoryEvaluation categories, Map<String, String> names) {
  private static final int MOST = 100;
  private static final int MOST_MISTAKES = 15;
  private static final int NAME = 60;

  CategorySection {
    names = Map.copyOf(names);
  }

  static String named(String code, Map<String, String> names) {
    String name = names.get(code);
    return Cut.to(NAME, name == null ? code : code + " " + name);
  }

  String named(String code) {
    return named(code, names);
  }

  String cases() {
    return Numbers.count(categories.metrics().withGold());
  }

  List<CategoryMetrics.Score> scores() {
    List<CategoryMetrics.Score> all = categories.metrics().categories();
    return all.subList(0, Math.min(MOST, all.size()));
  }

  int notShown() {
    return categories.metrics().categories().size() - scores().size();
  }

  static String precision(CategoryMetrics.Score score) {
    return score.precision().isPresent()
        ? Numbers.share(score.precision().getAsDouble())
        : "never given";
  }

  static String recall(CategoryMetrics.Score score) {
    return score.recall().isPresent() ? Numbers.share(score.recall().getAsDouble()) : "no case";
  }

  /** F1 is of use only where both of its parts are defined. */
  String interval(CategoryMetrics.Score score) {
    return Optional.ofNullable(categories.intervals().get("f1_" + score.code()))
        .map(range -> Numbers.interval(range.low(), range.high()))
        .orElse("");
  }

  List<CategoryMetrics.Mistaken> mistaken() {
    List<CategoryMetrics.Mistaken> all = categories.metrics().mistaken();
    return all.subList(0, Math.min(MOST_MISTAKES, all.size()));
  }

  int mistakesNotShown() {
    return categories.metrics().mistaken().size() - mistaken().size();
  }

  String given(CategoryMetrics.Mistaken mistaken) {
    return mistaken.mistake().given().map(this::named).orElse("none");
  }
}

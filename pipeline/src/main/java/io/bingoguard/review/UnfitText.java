package io.bingoguard.review;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Answers that fit nothing, as people are told of them: each problem once, the first of them. */
final class UnfitText {
  private static final int MOST_PROBLEMS = 5;
  private static final int MOST_PLACES = 3;

  private UnfitText() {}

  /** An entry a problem, and one that says how many answers have others. */
  static List<String> of(List<UnfitAnswer> unfit) {
    Map<String, List<UnfitAnswer>> byProblem =
        unfit.stream().collect(groupingBy(UnfitAnswer::problem, LinkedHashMap::new, toList()));
    List<String> told = new ArrayList<>();
    int left = unfit.size();
    for (List<UnfitAnswer> alike : byProblem.values()) {
      if (told.size() < MOST_PROBLEMS) {
        told.add(alike.size() == 1 ? alike.get(0).text() : once(alike));
        left -= alike.size();
      }
    }
    if (left > 0) {
      told.add(more(left));
    }
    return told;
  }

  private static String once(List<UnfitAnswer> alike) {
    List<String> places =
        new ArrayList<>(alike.stream().limit(MOST_PLACES).map(UnfitAnswer::place).toList());
    if (alike.size() > MOST_PLACES) {
      places.add(more(alike.size() - MOST_PLACES));
    }
    return String.format(
        Locale.ROOT,
        "%,d times %s (%s)",
        alike.size(),
        alike.get(0).problem(),
        String.join(", ", places));
  }

  private static String more(int answers) {
    return String.format(Locale.ROOT, "and %,d more", answers);
  }
}

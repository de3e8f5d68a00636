package io.bingoguard.compare;

import io.bingoguard.compare.count.PairCounts;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What a comparison came to.
 *
 * @param before the labels that are there
 * @param after the labels that may take their place
 * @param counts what changed
 * @param tolerances how much is tolerated, as shares
 * @param checks what was held against them; none of what there is nothing of
 * @param queries SQL for the messages whose verdict is another, by side
 * @param categoryNames names of categories by code
 */
public record LabelComparison(
    ComparedLabels before,
    ComparedLabels after,
    PairCounts counts,
    Map<Tolerance, Double> tolerances,
    List<Check> checks,
    Map<String, String> queries,
    Map<String, String> categoryNames) {
  public LabelComparison {
    Objects.requireNonNull(before, "before");
    Objects.requireNonNull(after, "after");
    Objects.requireNonNull(counts, "counts");
    tolerances = Map.copyOf(tolerances);
    checks = List.copyOf(checks);
    queries = Map.copyOf(queries);
    categoryNames = new TreeMap<>(categoryNames);
  }

  /** Keys of settings that the two sides have not alike. */
  public Set<String> differingSettings() {
    Set<String> keys = new TreeSet<>(before.settings().keySet());
    keys.addAll(after.settings().keySet());
    keys.removeIf(key -> Objects.equals(before.settings().get(key), after.settings().get(key)));
    return keys;
  }

  /** Whether all is tolerated; absent where no tolerance was given. */
  public Optional<Decision> decision() {
    return tolerances.isEmpty()
        ? Optional.empty()
        : Optional.of(Decision.ofAll(checks.stream().map(Check::decision).toList()));
  }
}

package io.bingoguard.evaluate;

import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.SeverityMetrics;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Severity levels of replies against gold levels.
 *
 * @param category which category's rubric was put: the judge's own, as in labelling, or the gold
 *     one
 * @param metrics the figures
 * @param intervals bootstrap intervals by name of the figure
 * @param byCategory the figures of each gold category, in the order of their codes
 * @param failed cases on which the judge failed; in no figure
 */
public record SeverityEvaluation(
    CategorySource category,
    SeverityMetrics metrics,
    Map<String, Interval> intervals,
    SortedMap<String, SeverityMetrics> byCategory,
    long failed) {
  public SeverityEvaluation {
    intervals = Map.copyOf(intervals);
    byCategory = new TreeMap<>(byCategory);
  }

  /** Where the category of a severity question comes from. */
  public enum CategorySource {
    PREDICTED,
    GOLD
  }
}

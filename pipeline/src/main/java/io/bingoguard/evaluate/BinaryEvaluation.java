package io.bingoguard.evaluate;

import io.bingoguard.evaluate.metric.BinaryMetrics;
import io.bingoguard.evaluate.metric.Calibration;
import io.bingoguard.evaluate.metric.CurvePoints;
import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.evaluate.metric.ThresholdChoice;
import io.bingoguard.evaluate.metric.ThresholdTable;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Verdicts on one side of the exchanges against gold labels.
 *
 * @param side prompt or response
 * @param metrics the figures
 * @param intervals bootstrap intervals by name of the figure
 * @param curves ROC and precision-recall, thinned for plotting
 * @param calibration of the probabilities
 * @param wantedPrecision precision that {@code threshold} is to reach
 * @param threshold the threshold that reaches it with the highest recall; absent when none does
 * @param thresholds what other thresholds would come to
 * @param groups figures of each kind of case that the set names
 * @param offFormat cases without a legal verdict
 * @param failed cases on which the judge failed; in no figure
 * @param truncated cases of which text was cut to fit; in the figures
 */
public record BinaryEvaluation(
    String side,
    BinaryMetrics metrics,
    Map<String, Interval> intervals,
    CurvePoints curves,
    Calibration calibration,
    double wantedPrecision,
    Optional<ThresholdChoice> threshold,
    ThresholdTable thresholds,
    SortedMap<String, BinaryMetrics> groups,
    long offFormat,
    long failed,
    long truncated) {
  public BinaryEvaluation {
    intervals = Map.copyOf(intervals);
    groups = new TreeMap<>(groups);
  }
}

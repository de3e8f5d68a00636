package io.bingoguard.table;

import java.util.Objects;
import java.util.Optional;

/**
 * A share of some messages as people see it.
 *
 * @param side {@code prompt} or {@code response}
 * @param measure {@code prevalence}, {@code precision}, {@code category_precision} or {@code
 *     missed}
 * @param method {@code stratified} or {@code prediction_powered}
 * @param category that the messages were judged to be of; empty for all
 * @param measured what people would find; empty until each stratum has a review
 * @param judged the same share by the verdicts of labels, where it is one
 * @param expected the same share if the probabilities of labels were right, where they tell it
 * @param counts behind it
 */
public record ReviewFigure(
    String side,
    String measure,
    String method,
    Optional<String> category,
    Optional<Measured> measured,
    Optional<Double> judged,
    Optional<Double> expected,
    Counts counts) {
  public ReviewFigure {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(method, "method");
    Objects.requireNonNull(category, "category");
    Objects.requireNonNull(measured, "measured");
    Objects.requireNonNull(judged, "judged");
    Objects.requireNonNull(expected, "expected");
    Objects.requireNonNull(counts, "counts");
  }

  /**
   * A share with its interval of 95%.
   *
   * @param estimate in [0, 1]
   * @param low lower end
   * @param high upper end
   */
  public record Measured(double estimate, double low, double high) {}

  /**
   * Behind a figure.
   *
   * @param messages that the share is of
   * @param sampled items drawn from them
   * @param reviewed items with an answer
   * @param answers about them
   * @param disputed items on which people differ
   * @param strata of the messages
   * @param strataReviewed those with a review
   */
  public record Counts(
      long messages,
      long sampled,
      long reviewed,
      long answers,
      long disputed,
      long strata,
      long strataReviewed) {}
}

package io.bingoguard.review;

import io.bingoguard.review.estimate.Estimate;
import io.bingoguard.review.estimate.StratifiedShare;
import io.bingoguard.review.estimate.StratumReviews;
import io.bingoguard.review.sample.Side;
import io.bingoguard.review.sample.Stratum;
import io.bingoguard.table.ReviewFigure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * The messages of some strata, and what is asked of them.
 *
 * @param side whose messages
 * @param measure what is asked, as tables spell it
 * @param category that they are judged to be of; empty for any
 * @param items those that were drawn
 */
record Domain(Side side, String measure, Optional<String> category, List<ItemReviews> items) {
  static final String STRATIFIED = "stratified";

  Domain {
    Objects.requireNonNull(side, "side");
    Objects.requireNonNull(measure, "measure");
    Objects.requireNonNull(category, "category");
    items = List.copyOf(items);
  }

  /** The same of a category, which its items are judged to be of. */
  Domain of(String code) {
    return new Domain(side, measure, Optional.of(code), items);
  }

  private boolean byCategory() {
    return measure.equals("category_precision");
  }

  private OptionalDouble outcome(ItemReviews one) {
    return byCategory() ? one.harmfulInCategory() : one.harmful();
  }

  /** The stratified share; empty where there are no messages. */
  Optional<ReviewFigure> figureIfAny() {
    return items.isEmpty()
        ? Optional.empty()
        : Optional.of(figure(STRATIFIED, StratifiedShare::of));
  }

  /** The share by some method. */
  ReviewFigure figure(String method, Function<List<StratumReviews>, Estimate> estimator) {
    List<StratumReviews> strata = strata();
    // Who names no category does so of harmful messages only, so the others are no fair sample.
    boolean whole =
        strata.stream().noneMatch(stratum -> stratum.reviewed().isEmpty())
            && !(byCategory() && items.stream().anyMatch(ItemReviews::lacksCategory));
    Optional<ReviewFigure.Measured> measured =
        whole
            ? Optional.of(estimator.apply(strata))
                .map(one -> new ReviewFigure.Measured(one.value(), one.low(), one.high()))
            : Optional.empty();
    return new ReviewFigure(
        side.key(),
        measure,
        method,
        category,
        measured,
        judged(),
        byCategory() ? Optional.empty() : Optional.of(weighted(Stratum::mean)),
        counts(strata));
  }

  private List<StratumReviews> strata() {
    Map<Stratum, List<StratumReviews.Reviewed>> byStratum =
        new TreeMap<>(Comparator.comparing(Stratum::name));
    for (ItemReviews one : items) {
      List<StratumReviews.Reviewed> reviewed =
          byStratum.computeIfAbsent(one.item().stratum(), any -> new ArrayList<>());
      outcome(one)
          .ifPresent(
              outcome ->
                  reviewed.add(
                      new StratumReviews.Reviewed(outcome, one.item().label().probability())));
    }
    return byStratum.entrySet().stream()
        .map(
            entry ->
                new StratumReviews(
                    entry.getKey().messages(),
                    entry.getKey().mean(),
                    entry.getKey().variance(),
                    entry.getValue()))
        .toList();
  }

  /** The share that the labels call harmful, where that is the question. */
  private Optional<Double> judged() {
    if (!measure.equals("prevalence")) {
      return Optional.empty();
    }
    Map<String, Boolean> harmful =
        items.stream()
            .collect(
                Collectors.toMap(
                    one -> one.item().stratum().name(),
                    one -> one.item().label().harmful(),
                    (one, other) -> one));
    return Optional.of(weighted(stratum -> harmful.get(stratum.name()) ? 1.0 : 0.0));
  }

  private double weighted(Function<Stratum, Double> value) {
    double sum = 0;
    double messages = 0;
    for (Stratum stratum : distinct()) {
      sum += stratum.messages() * value.apply(stratum);
      messages += stratum.messages();
    }
    return sum / messages;
  }

  private List<Stratum> distinct() {
    return items.stream()
        .map(one -> one.item().stratum())
        .distinct()
        .sorted(Comparator.comparing(Stratum::name))
        .toList();
  }

  private ReviewFigure.Counts counts(List<StratumReviews> strata) {
    List<ItemReviews> reviewed = items.stream().filter(one -> outcome(one).isPresent()).toList();
    return new ReviewFigure.Counts(
        strata.stream().mapToLong(StratumReviews::messages).sum(),
        items.size(),
        reviewed.size(),
        reviewed.stream().mapToLong(one -> one.answers().size()).sum(),
        reviewed.stream()
            .map(one -> outcome(one).orElseThrow())
            .filter(outcome -> outcome > 0 && outcome < 1)
            .count(),
        strata.size(),
        strata.stream().filter(stratum -> !stratum.reviewed().isEmpty()).count());
  }
}

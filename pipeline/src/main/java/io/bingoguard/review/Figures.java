package io.bingoguard.review;

import io.bingoguard.review.estimate.PredictionPoweredShare;
import io.bingoguard.review.estimate.StratifiedShare;
import io.bingoguard.review.sample.Sample;
import io.bingoguard.review.sample.SampleItem;
import io.bingoguard.review.sample.Side;
import io.bingoguard.table.ReviewFigure;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the answers about a sample tell of all messages, side by side. */
final class Figures {
  private final Side side;
  private final List<ItemReviews> items;

  private Figures(Side side, List<ItemReviews> items) {
    this.side = side;
    this.items = items;
  }

  /** The figures, in the order in which they are shown. */
  static List<ReviewFigure> of(Sample sample, List<Review> reviews) {
    Map<String, List<Review>> byItem =
        reviews.stream().collect(Collectors.groupingBy(Review::itemId));
    List<ReviewFigure> figures = new ArrayList<>();
    for (Side side : Side.values()) {
      List<ItemReviews> items =
          sample.items().stream()
              .filter(item -> item.side() == side)
              .map(item -> new ItemReviews(item, byItem.getOrDefault(item.id(), List.of())))
              .toList();
      if (!items.isEmpty()) {
        figures.addAll(new Figures(side, items).all());
      }
    }
    return figures;
  }

  private List<ReviewFigure> all() {
    List<ReviewFigure> figures = new ArrayList<>();
    Domain every = domain("prevalence", item -> true);
    figures.add(every.figure(Domain.STRATIFIED, StratifiedShare::of));
    figures.add(every.figure("prediction_powered", PredictionPoweredShare::of));
    Domain harmless = domain("missed", item -> !item.label().harmful());
    harmless.figureIfAny().ifPresent(figures::add);
    Domain harmful = domain("precision", item -> item.label().harmful());
    harmful.figureIfAny().ifPresent(figures::add);
    for (String category : categories()) {
      Predicate<SampleItem> judged = item -> item.label().category().equals(Optional.of(category));
      domain("precision", judged).of(category).figureIfAny().ifPresent(figures::add);
      domain("category_precision", judged).of(category).figureIfAny().ifPresent(figures::add);
    }
    return figures;
  }

  /** S2 before S10. */
  private List<String> categories() {
    return items.stream()
        .map(one -> one.item().label().category())
        .flatMap(Optional::stream)
        .distinct()
        .sorted(Comparator.comparingInt(String::length).thenComparing(Comparator.naturalOrder()))
        .toList();
  }

  private Domain domain(String measure, Predicate<SampleItem> within) {
    return new Domain(
        side,
        measure,
        Optional.empty(),
        items.stream().filter(one -> within.test(one.item())).toList());
  }
}

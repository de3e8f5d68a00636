package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.BinaryEvaluation;
import io.bingoguard.evaluate.PublishedFigures;
import io.bingoguard.page.Bar;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * F1 as measured beside what is published, for one side.
 *
 * @param side prompt or response
 * @param rows the measured figure first, if it is defined
 * @param remark how the measured figure goes with the model's own published one
 */
record PublishedSection(String side, List<Row> rows, String remark) {
  /** A figure in percent; {@code own} if it is one of the model that was measured. */
  record Row(String model, double percent, boolean own) {
    String shown() {
      return written(percent);
    }

    Bar bar() {
      return Bar.to(percent / 100);
    }
  }

  static PublishedSection of(
      BinaryEvaluation verdicts, String model, List<PublishedFigures.Row> published) {
    List<Row> rows = new ArrayList<>();
    verdicts
        .metrics()
        .f1()
        .ifPresent(f1 -> rows.add(new Row(model + ", measured here", 100 * f1, true)));
    for (PublishedFigures.Row row : published) {
      String name = row.own() ? row.model() + ", published for this model" : row.model();
      rows.add(new Row(name, row.f1(), row.own()));
    }
    Optional<PublishedFigures.Row> own =
        published.stream().filter(PublishedFigures.Row::own).findFirst();
    return new PublishedSection(verdicts.side(), rows, remark(verdicts, model, own));
  }

  private static String remark(
      BinaryEvaluation verdicts, String model, Optional<PublishedFigures.Row> own) {
    if (own.isEmpty()) {
      return "No F1 of "
          + model
          + " on this kind of set is published; those of other models are shown for scale.";
    }
    String published = "Published for this model: " + written(own.get().f1());
    return verdicts.metrics().f1().isEmpty()
        ? published + "."
        : published
            + "; measured here: "
            + written(100 * verdicts.metrics().f1().getAsDouble())
            + ".";
  }

  private static String written(double value) {
    return String.format(Locale.ROOT, "%.1f", value);
  }
}

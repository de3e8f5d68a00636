package io.bingoguard.evaluate.report;

import io.bingoguard.evaluate.metric.Interval;
import io.bingoguard.page.Bar;
import io.bingoguard.page.Numbers;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A figure as reports for people show it.
 *
 * @param key its name in snake case
 * @param value empty when it is undefined
 * @param interval its bootstrap interval, if it has one
 * @param undefinedWhen what was the case when it is undefined
 */
record FigureRow(
    String key, OptionalDouble value, Optional<Interval> interval, String undefinedWhen) {
  private static final Map<String, String> NAMES =
      Map.of("f1", "F1", "macro_f1", "macro F1", "auroc", "AUROC", "auprc", "AUPRC");

  FigureRow {
    Objects.requireNonNull(value, "value");
    Objects.requireNonNull(interval, "interval");
    Objects.requireNonNull(undefinedWhen, "undefinedWhen");
  }

  String name() {
    return NAMES.getOrDefault(key, key.replace('_', ' '));
  }

  String shown() {
    return value.isPresent() ? Numbers.share(value.getAsDouble()) : "undefined";
  }

  /** The interval, or why there is no value; may be empty. */
  String note() {
    return value.isEmpty()
        ? undefinedWhen
        : interval.map(range -> Numbers.interval(range.low(), range.high())).orElse("");
  }

  /** The value and its interval from 0 to 1; none for a figure that goes beyond 1. */
  Optional<Bar> bar() {
    if (value.isEmpty() || key.equals("mean_absolute_error")) {
      return Optional.empty();
    }
    double at = value.getAsDouble();
    return Optional.of(
        interval.map(range -> new Bar(range.low(), range.high(), at)).orElseGet(() -> Bar.to(at)));
  }
}

package io.bingoguard.audit;

import io.bingoguard.audit.alarm.Figure;
import io.bingoguard.audit.alarm.Measure;
import io.bingoguard.audit.alarm.Observation;
import io.bingoguard.audit.metric.CountRow;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/** Counts made into the figures that are watched. */
final class NightFigures {
  private static final String EXCHANGE = "exchange";
  private static final String RESPONSE = "response";

  private final Set<Measure> measures;
  private final Map<Figure, List<Observation>> figures = new LinkedHashMap<>();

  NightFigures(Set<Measure> measures) {
    this.measures = measures;
  }

  Map<Figure, List<Observation>> all() {
    return figures;
  }

  /** Takes in counts of all exchanges. */
  NightFigures ofAll(List<CountRow> rows) {
    for (CountRow row : rows) {
      if (row.isAll() && row.side().equals(EXCHANGE)) {
        add(Figure.ofAll(Measure.VOLUME, EXCHANGE), row, row.exchanges(), 0);
        share(row, Measure.ERRORS, CountRow::errors);
        share(row, Measure.OFF_FORMAT, CountRow::offFormat);
        share(row, Measure.TRUNCATED, CountRow::truncated);
      } else if (row.isAll()) {
        add(Figure.ofAll(Measure.HARMFUL, row.side()), row, row.harmful(), row.judged());
        add(
            Figure.ofAll(Measure.LOW_CONFIDENCE, row.side()),
            row,
            row.lowConfidence(),
            row.judged());
        if (row.side().equals(RESPONSE)) {
          add(Figure.ofAll(Measure.SEVERE, RESPONSE), row, row.severe(), row.judged());
        }
      }
    }
    return this;
  }

  /** Takes in counts by source or language. */
  NightFigures byPart(List<CountRow> rows) {
    for (CountRow row : rows) {
      if (!row.side().equals(EXCHANGE)) {
        add(
            new Figure(Measure.HARMFUL, row.side(), row.dimension(), row.value()),
            row,
            row.harmful(),
            row.judged());
      }
    }
    return this;
  }

  /**
   * Takes in counts by category, of which nights have those alone that occurred.
   *
   * @param whole counts of all exchanges, for the other nights
   */
  NightFigures byCategory(List<CountRow> rows, List<CountRow> whole) {
    Map<String, Map<LocalDate, Long>> harmful = new LinkedHashMap<>();
    Map<String, Figure> named = new HashMap<>();
    for (CountRow row : rows) {
      String key = row.side() + " " + row.value().orElse("");
      named.put(key, new Figure(Measure.HARMFUL, row.side(), row.dimension(), row.value()));
      harmful
          .computeIfAbsent(key, any -> new HashMap<>())
          .merge(row.night(), row.harmful(), Long::sum);
    }
    harmful.forEach(
        (key, byNight) -> {
          Figure figure = named.get(key);
          for (CountRow row : whole) {
            if (row.isAll() && row.side().equals(figure.side())) {
              long seen = Optional.ofNullable(byNight.get(row.night())).orElse(0L);
              add(figure, row, seen, row.judged());
            }
          }
        });
    return this;
  }

  private void share(CountRow row, Measure measure, ToLongFunction<CountRow> seen) {
    add(Figure.ofAll(measure, EXCHANGE), row, seen.applyAsLong(row), row.exchanges());
  }

  private void add(Figure figure, CountRow row, long seen, long outOf) {
    if (measures.contains(figure.measure())) {
      figures
          .computeIfAbsent(figure, any -> new ArrayList<>())
          .add(new Observation(row.night(), seen, outOf, row.model().key()));
    }
  }
}

package io.bingoguard.spark.plugin;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bingoguard.engine.EngineFigure;
import io.bingoguard.engine.EngineReport;
import java.util.List;
import java.util.function.Supplier;

/**
 * The figures of some engines as metrics, under their own names; counts end in {@code _total}.
 * Rates are those of the last seconds.
 */
final class EngineGauges {
  private EngineGauges() {}

  static void register(
      MetricRegistry registry, String prefix, Supplier<List<EngineReport>> reports) {
    for (EngineFigure figure : EngineFigure.values()) {
      registry.register(prefix + name(figure), gauge(figure, reports));
    }
    registry.register(prefix + "engines", (Gauge<Number>) () -> reports.get().size());
  }

  private static String name(EngineFigure figure) {
    return figure.kind() == EngineFigure.Kind.COUNT ? figure.key() + "_total" : figure.key();
  }

  private static Gauge<? extends Number> gauge(
      EngineFigure figure, Supplier<List<EngineReport>> reports) {
    if (figure.kind() == EngineFigure.Kind.RATE) {
      return new RateGauge(() -> figure.sum(reports.get()));
    }
    return (Gauge<Number>) () -> figure.of(reports.get());
  }
}

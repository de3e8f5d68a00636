package io.bingoguard.spark;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import io.bingoguard.score.EngineMetrics;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.ToDoubleFunction;
import java.util.function.ToLongFunction;

/** The figures of some engines as metrics. Names hold the unit, counters end in {@code _total}. */
final class EngineGauges {
  private final MetricRegistry registry;
  private final String prefix;
  private final Supplier<List<EngineReport>> reports;

  private EngineGauges(
      MetricRegistry registry, String prefix, Supplier<List<EngineReport>> reports) {
    this.registry = registry;
    this.prefix = prefix;
    this.reports = reports;
  }

  static void register(
      MetricRegistry registry, String prefix, Supplier<List<EngineReport>> reports) {
    new EngineGauges(registry, prefix, reports).registerAll();
  }

  private void registerAll() {
    counter("requests_total", EngineMetrics.Snapshot::requests);
    counter("useful_tokens_total", EngineMetrics.Snapshot::usefulTokens);
    counter("computed_tokens_total", EngineMetrics.Snapshot::computedTokens);
    counter("passes_total", EngineMetrics.Snapshot::passes);
    counter("off_format_total", EngineMetrics.Snapshot::offFormat);
    counter("errors_total", EngineMetrics.Snapshot::errors);
    counter("out_of_memory_total", EngineMetrics.Snapshot::outOfMemory);
    rate("requests_per_second", EngineMetrics.Snapshot::requests);
    rate("useful_tokens_per_second", EngineMetrics.Snapshot::usefulTokens);
    ratio(
        "padding_ratio",
        all -> (double) sum(all, metrics -> metrics.computedTokens() - metrics.usefulTokens()),
        all -> (double) sum(all, EngineMetrics.Snapshot::computedTokens));
    ratio(
        "queue_wait_mean_ms",
        all -> sum(all, EngineMetrics.Snapshot::queueNanos) / 1e6,
        all -> (double) sum(all, EngineMetrics.Snapshot::requests));
    ratio(
        "pass_mean_ms",
        all -> sum(all, EngineMetrics.Snapshot::forwardNanos) / 1e6,
        all -> (double) sum(all, EngineMetrics.Snapshot::passes));
    ratio(
        "busy_share",
        all -> sum(all, EngineMetrics.Snapshot::busyNanos) / 1e9,
        all -> all.stream().mapToDouble(EngineReport::seconds).sum());
    gauge("engines", List::size);
    gauge(
        "device_memory_bytes",
        all -> all.stream().mapToLong(EngineReport::deviceMemoryBytes).sum());
    gauge("pack_tokens", all -> all.stream().mapToInt(EngineReport::packTokens).sum());
  }

  private void counter(String name, ToLongFunction<EngineMetrics.Snapshot> count) {
    gauge(name, all -> sum(all, count));
  }

  private void rate(String name, ToLongFunction<EngineMetrics.Snapshot> count) {
    registry.register(prefix + name, new RateGauge(() -> sum(reports.get(), count)));
  }

  private void ratio(
      String name,
      ToDoubleFunction<List<EngineReport>> part,
      ToDoubleFunction<List<EngineReport>> whole) {
    gauge(
        name,
        all -> {
          double divisor = whole.applyAsDouble(all);
          return divisor > 0 ? part.applyAsDouble(all) / divisor : 0.0;
        });
  }

  private void gauge(String name, Function<List<EngineReport>, Number> figure) {
    registry.register(prefix + name, (Gauge<Number>) () -> figure.apply(reports.get()));
  }

  private static long sum(
      List<EngineReport> reports, ToLongFunction<EngineMetrics.Snapshot> count) {
    return reports.stream().map(EngineReport::metrics).mapToLong(count).sum();
  }
}

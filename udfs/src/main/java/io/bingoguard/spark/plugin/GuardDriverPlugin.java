package io.bingoguard.spark.plugin;

import com.codahale.metrics.MetricRegistry;
import io.bingoguard.engine.EngineReport;
import io.bingoguard.spark.devices.EngineReports;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.SparkContext;
import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.PluginContext;

/** Publishes the latest report of every executor, and their sums, as metrics of the driver. */
final class GuardDriverPlugin implements DriverPlugin {
  private final Map<String, List<EngineReport>> byExecutor = new ConcurrentHashMap<>();
  private PluginContext context;

  @Override
  public Map<String, String> init(SparkContext spark, PluginContext pluginContext) {
    context = pluginContext;
    return Map.of();
  }

  @Override
  public void registerMetrics(String applicationId, PluginContext pluginContext) {
    EngineGauges.register(pluginContext.metricRegistry(), "", this::all);
  }

  private List<EngineReport> all() {
    return byExecutor.values().stream().flatMap(List::stream).toList();
  }

  @Override
  public Object receive(Object message) {
    if (message instanceof EngineReports.Sent sent && !sent.reports().isEmpty()) {
      String executor = sent.reports().get(0).executorId();
      if (byExecutor.put(executor, sent.reports()) == null) {
        EngineGauges.register(
            context.metricRegistry(),
            MetricRegistry.name("executor", executor) + ".",
            () -> byExecutor.get(executor));
      }
    }
    return null;
  }
}

package io.bingoguard.spark.plugin;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.spark.devices.EngineReports;
import io.bingoguard.spark.devices.ExecutorPlace;
import io.bingoguard.spark.devices.GuardEngines;
import io.bingoguard.spark.devices.WarmUp;
import io.bingoguard.spark.settings.GuardSettings;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.PluginContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens the model before the first task comes, and tells the driver how the engines fare. */
final class GuardExecutorPlugin implements ExecutorPlugin {
  private static final Logger LOG = LoggerFactory.getLogger(GuardExecutorPlugin.class);
  private static final long REPORT_SECONDS = 5;

  private final ScheduledExecutorService reporting =
      Executors.newSingleThreadScheduledExecutor(GuardExecutorPlugin::daemon);
  private Future<?> reports = CompletableFuture.completedFuture(null);

  @Override
  public void init(PluginContext context, Map<String, String> extraConf) {
    EngineGauges.register(context.metricRegistry(), "", GuardEngines::reports);
    // Not here and now: an executor that takes minutes to start is given up by Spark.
    GuardSettings settings = GuardSettings.of(context.conf());
    if (settings.warmUp()) {
      WarmUp.start(
          () -> ModelRef.of(settings.model(), ExecutorPlace.hadoop()),
          settings,
          ExecutorPlace.gpus(context.resources()));
    }
    reports =
        reporting.scheduleWithFixedDelay(
            () -> report(context), REPORT_SECONDS, REPORT_SECONDS, TimeUnit.SECONDS);
  }

  private static Thread daemon(Runnable task) {
    Thread thread = new Thread(task, "bingoguard-report");
    thread.setDaemon(true);
    return thread;
  }

  private static void report(PluginContext context) {
    try {
      context.send(new EngineReports.Sent(GuardEngines.reports()));
    } catch (IOException | RuntimeException e) {
      LOG.debug("The driver could not be told how the engines fare", e);
    }
  }

  @Override
  public void shutdown() {
    reports.cancel(true);
    reporting.shutdownNow();
    GuardEngines.closeAll();
  }
}

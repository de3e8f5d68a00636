package io.bingoguard.spark.plugin;

import org.apache.spark.api.plugin.DriverPlugin;
import org.apache.spark.api.plugin.ExecutorPlugin;
import org.apache.spark.api.plugin.SparkPlugin;

/**
 * The Spark plugin, {@code spark.plugins=io.bingoguard.spark.plugin.GuardPlugin}: opens the model
 * when an executor starts, and publishes what engines do through Spark's metrics system, on
 * executors for any sink and on the driver for the metrics page of its user interface.
 */
public final class GuardPlugin implements SparkPlugin {
  @Override
  public DriverPlugin driverPlugin() {
    return new GuardDriverPlugin();
  }

  @Override
  public ExecutorPlugin executorPlugin() {
    return new GuardExecutorPlugin();
  }
}

package io.bingoguard.spark.devices;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.spark.settings.GuardSettings;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Opens a model ahead of the first task that needs it. */
public final class WarmUp {
  private static final Logger LOG = LoggerFactory.getLogger(WarmUp.class);

  private WarmUp() {}

  /** Opens the model in a thread of its own, on the device of the settings. */
  public static void start(ModelRef model, Map<String, String> settings) {
    start(() -> model, GuardSettings.of(settings), List.of());
  }

  /**
   * Opens the model in a thread of its own, on each of the GPUs; a failure is told by the first
   * task.
   *
   * @param gpus addresses; none for the device of the settings
   */
  public static void start(Supplier<ModelRef> model, GuardSettings settings, List<String> gpus) {
    Thread thread = new Thread(() -> run(model, settings, gpus), "bingoguard-warm-up");
    thread.setDaemon(true);
    thread.start();
  }

  private static void run(Supplier<ModelRef> model, GuardSettings settings, List<String> gpus) {
    try {
      ModelRef opened = model.get();
      if (gpus.isEmpty()) {
        GuardEngines.shared(opened, settings, List.of()).warmUp();
      }
      for (String gpu : gpus) {
        GuardEngines.shared(opened, settings, List.of(gpu)).warmUp();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      LOG.warn("The model could not be opened before the first task: {}", e.getMessage());
    }
  }
}

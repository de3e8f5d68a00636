package io.bingoguard.spark.devices;

import io.bingoguard.score.EngineStoppedException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends an executor whose device failed, so that Spark moves its work to another one: a device that
 * failed stays failed in this process. Tasks get a moment to tell the driver why; tasks that arrive
 * meanwhile wait for the end instead of failing too, for Spark counts failures.
 */
final class EngineFailure {
  /** What the executor's process returns: the C library's EX_SOFTWARE. */
  static final int EXIT_CODE = 70;

  private static final Logger LOG = LoggerFactory.getLogger(EngineFailure.class);
  private static final long GRACE_SECONDS = 3;

  private static volatile boolean ending;

  private EngineFailure() {}

  static void endExecutor(EngineStoppedException cause) {
    LOG.error("The executor ends, since its device failed: {}", cause.getMessage());
    ending = true;
    Thread end =
        new Thread(
            () -> {
              try {
                TimeUnit.SECONDS.sleep(GRACE_SECONDS);
              } catch (InterruptedException e) {
                LOG.debug("The executor ends at once");
              }
              // No shutdown hooks: a hanging device would keep them from ending.
              Runtime.getRuntime().halt(EXIT_CODE);
            },
            "bingoguard-end-executor");
    end.setDaemon(true);
    end.start();
  }

  /** Does not return once the executor is ending. */
  static void awaitEnd() {
    if (!ending) {
      return;
    }
    try {
      TimeUnit.DAYS.sleep(1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineStoppedException("the task was interrupted", e);
    }
  }
}

package io.bingoguard.spark;

import io.bingoguard.model.Device;
import io.bingoguard.score.EngineStoppedException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The engines of this JVM: one a model, device and settings, opened by the first task that needs it
 * and closed when the JVM ends. Never on the driver of a cluster, never serialised.
 */
final class GuardEngines {
  private record Key(Optional<String> model, EngineSettings settings, Device device) {}

  /** The place of an engine; whoever comes first opens it, the others wait at its lock. */
  private static final class Slot {
    /** Written under the slot's lock; read without, for opening may take minutes. */
    private volatile Optional<GuardEngine> engine = Optional.empty();

    synchronized void close() {
      engine.ifPresent(GuardEngine::close);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(GuardEngines.class);
  private static final Map<Key, Slot> OPEN = new ConcurrentHashMap<>();
  private static final Map<Device, Integer> SESSIONS_OPENED = new ConcurrentHashMap<>();

  static {
    Runtime.getRuntime()
        .addShutdownHook(new Thread(GuardEngines::closeAll, "bingoguard-close-engines"));
  }

  private GuardEngines() {}

  /** The engine that a task's options ask for. */
  static GuardEngine shared(LabelingOptions options) {
    return shared(
        Optional.of(options.model()).filter(path -> !path.isEmpty()),
        options.properties(),
        ExecutorPlace.taskGpus());
  }

  /**
   * The engine for whoever has GPUs; others of the same device wait while it is opened.
   *
   * @param model the model's path; absent for the bundled demo model
   * @param properties Spark settings, of which this project's count
   * @param gpus addresses of the GPUs, the first of which counts
   */
  static GuardEngine shared(
      Optional<String> model, Map<String, String> properties, List<String> gpus) {
    EngineFailure.awaitEnd();
    EngineSettings settings = EngineSettings.from(properties);
    Key key = new Key(model, settings, ExecutorPlace.device(settings.device(), gpus));
    Slot slot = OPEN.computeIfAbsent(key, absent -> new Slot());
    synchronized (slot) {
      if (slot.engine.isEmpty()) {
        slot.engine = Optional.of(open(key, properties));
      }
      return slot.engine.get();
    }
  }

  private static GuardEngine open(Key key, Map<String, String> properties) {
    HostModel model = HostModel.open(key.model(), properties);
    try {
      GuardEngine engine =
          GuardEngine.open(
              model,
              key.settings(),
              key.device(),
              SESSIONS_OPENED.getOrDefault(key.device(), 0) + 1,
              cause -> failed(key, cause));
      SESSIONS_OPENED.merge(key.device(), 1, Integer::sum);
      return engine;
    } catch (RuntimeException e) {
      model.close();
      throw e;
    }
  }

  private static void failed(Key key, EngineStoppedException cause) {
    if (ExecutorPlace.here().ownProcess()) {
      EngineFailure.endExecutor(cause);
    } else {
      // The process is the user's: the tasks fail, and the next one opens the model anew.
      LOG.error("The engine on {} stopped: {}", key.device(), cause.getMessage());
      // In a thread of its own: closing waits for the one that this is called on.
      Optional<Slot> slot = Optional.ofNullable(OPEN.remove(key));
      Thread closing = new Thread(() -> slot.ifPresent(Slot::close), "bingoguard-close-engine");
      closing.setDaemon(true);
      closing.start();
    }
  }

  /** What every open engine has done so far. */
  static List<EngineReport> reports() {
    return OPEN.values().stream()
        .flatMap(slot -> slot.engine.stream())
        .map(GuardEngine::report)
        .toList();
  }

  static void closeAll() {
    for (Key key : List.copyOf(OPEN.keySet())) {
      Optional.ofNullable(OPEN.remove(key)).ifPresent(Slot::close);
    }
  }
}

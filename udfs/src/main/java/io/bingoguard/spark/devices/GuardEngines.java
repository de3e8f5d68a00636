package io.bingoguard.spark.devices;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.device.Device;
import io.bingoguard.engine.EngineReport;
import io.bingoguard.engine.EngineSettings;
import io.bingoguard.engine.GuardEngine;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.spark.settings.GuardSettings;
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
public final class GuardEngines {
  private record Key(ModelRef model, EngineSettings settings, Device device) {}

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

  /** The engine for the calling task. */
  public static GuardEngine shared(ModelRef model, Map<String, String> settings) {
    return shared(model, GuardSettings.of(settings), ExecutorPlace.taskGpus());
  }

  /**
   * The engine for whoever has GPUs; others of the same device wait while it is opened.
   *
   * @param gpus addresses of the GPUs, the first of which counts
   */
  public static GuardEngine shared(ModelRef model, GuardSettings settings, List<String> gpus) {
    EngineFailure.awaitEnd();
    EngineSettings engine = settings.engine().onCores(ExecutorPlace.here().cores());
    Key key = new Key(model, engine, engine.device(gpus));
    Slot slot = OPEN.computeIfAbsent(key, absent -> new Slot());
    synchronized (slot) {
      if (slot.engine.isEmpty()) {
        slot.engine = Optional.of(open(key, settings));
      }
      return slot.engine.get();
    }
  }

  private static GuardEngine open(Key key, GuardSettings settings) {
    LoadedModel model =
        LoadedModel.open(
            key.model(), key.settings(), key.device(), settings.modelCache(ExecutorPlace.hadoop()));
    try {
      GuardEngine engine = new GuardEngine(model, cause -> failed(key, cause));
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

  /** What an engine has done so far. */
  public static EngineReport report(GuardEngine engine) {
    ExecutorPlace place = ExecutorPlace.here();
    return engine.report(
        place.executorId(), place.host(), SESSIONS_OPENED.getOrDefault(engine.device(), 1));
  }

  /** What every open engine has done so far. */
  public static List<EngineReport> reports() {
    return OPEN.values().stream()
        .flatMap(slot -> slot.engine.stream())
        .map(GuardEngines::report)
        .toList();
  }

  public static void closeAll() {
    for (Key key : List.copyOf(OPEN.keySet())) {
      Optional.ofNullable(OPEN.remove(key)).ifPresent(Slot::close);
    }
  }
}

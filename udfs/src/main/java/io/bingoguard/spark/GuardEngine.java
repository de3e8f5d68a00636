package io.bingoguard.spark;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.model.Device;
import io.bingoguard.model.DeviceMemory;
import io.bingoguard.model.LlamaSession;
import io.bingoguard.model.ModelBundle;
import io.bingoguard.prompt.PackCategory;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.ExchangeJudge;
import io.bingoguard.score.PackBudget;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.score.SeverityMode;
import io.bingoguard.token.GuardTokenizer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A model, opened on one device and shared by the tasks that run there. Owns native memory. */
final class GuardEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardEngine.class);

  /** Any text that no model stumbles over. */
  private static final Exchange CANARY =
      new Exchange(Optional.of("Good morning."), Optional.empty());

  private final long openedNanos = System.nanoTime();
  private final ExecutorPlace place;
  private final DeviceMemoryWatch memory;
  private final Device device;
  private final int sessionsOpened;
  private final HostModel model;
  private final GuardTokenizer tokenizer;
  private final LlamaSession session;
  private final PackBudget budget;
  private final PassRunner runner;
  private final PassWatchdog watchdog;
  private final DeviceDispatcher dispatcher;
  private final RequestFactory requests;
  private final Map<String, Category> categories;
  private final EngineMetrics metrics = new EngineMetrics();
  private final TaskCount tasks = new TaskCount();
  private final SortedSet<String> addresses = new ConcurrentSkipListSet<>();

  private GuardEngine(
      HostModel model,
      EngineSettings settings,
      Device device,
      int sessionsOpened,
      Consumer<EngineStoppedException> failed) {
    this.place = ExecutorPlace.here();
    this.device = device;
    this.memory = new DeviceMemoryWatch(device);
    this.sessionsOpened = sessionsOpened;
    this.model = model;
    ModelBundle bundle = ModelBundle.open(model.directory());
    this.categories =
        bundle.pack().categories().stream()
            .map(PackCategory::category)
            .collect(Collectors.toUnmodifiableMap(Category::code, Function.identity()));
    EngineSizing sizing =
        EngineSizing.of(settings, bundle.checkpoint(), device, freeBytes(device), place.cores());
    this.tokenizer = GuardTokenizer.open(bundle.tokenizerFile());
    try {
      this.requests = new RequestFactory(bundle.pack(), tokenizer, settings.maxTokens());
      this.session = settings.sessions().open(bundle.checkpoint(), sizing.session());
    } catch (RuntimeException e) {
      tokenizer.close();
      throw e;
    }
    this.budget = new PackBudget(sizing.limits());
    this.runner = new PassRunner(session, sizing.limits(), metrics);
    this.watchdog =
        new PassWatchdog(
            runner::run,
            settings.passTimeout(),
            () -> timedOut(settings.passTimeout().toSeconds()));
    PackWorker worker =
        new PackWorker(
            watchdog, budget, metrics, Optional.of(requests.binary(GuardTask.PROMPT, CANARY)));
    this.dispatcher =
        new DeviceDispatcher(device.toString(), budget, worker, metrics, tasks, failed);
  }

  /**
   * Opens an engine.
   *
   * @param model closed with the engine
   * @param sessionsOpened how many sessions this process has opened on the device, this one
   *     included
   * @param failed told once when the device fails
   */
  static GuardEngine open(
      HostModel model,
      EngineSettings settings,
      Device device,
      int sessionsOpened,
      Consumer<EngineStoppedException> failed) {
    GuardEngine engine = new GuardEngine(model, settings, device, sessionsOpened, failed);
    LOG.info(
        "Opened {} on {} in {}, {} tokens a pass, {} ms",
        model.directory().getFileName(),
        device,
        engine.session.settings().precision().key(),
        engine.budget.limits().tokens(),
        (System.nanoTime() - engine.openedNanos) / 1_000_000);
    return engine;
  }

  private static OptionalLong freeBytes(Device device) {
    return device.cudaOrdinal().stream()
        .mapToObj(DeviceMemory::of)
        .flatMap(Optional::stream)
        .mapToLong(DeviceMemory::freeBytes)
        .findFirst();
  }

  private void timedOut(long seconds) {
    dispatcher.fail(
        new EngineStoppedException(GuardErrors.passTimedOut(device.toString(), seconds)));
  }

  /** The pack's category with a code, if there is one. */
  Optional<Category> category(String code) {
    return Optional.ofNullable(categories.get(code));
  }

  ExchangeJudge judge(SeverityMode severity) {
    return new ExchangeJudge(requests, dispatcher, severity, metrics);
  }

  /** A task begins to use the engine, with the GPUs that Spark gave it. */
  void taskBegan(List<String> gpus) {
    addresses.addAll(gpus);
    tasks.began();
  }

  void taskEnded() {
    tasks.ended();
  }

  /** Runs one request through everything, so that the first task finds a device that is awake. */
  void warmUp() throws InterruptedException {
    judge(SeverityMode.OFF).judge(List.of(CANARY));
  }

  EngineReport report() {
    return new EngineReport(
        place.executorId(),
        place.host(),
        List.copyOf(addresses),
        device.toString(),
        session.settings().device().equals(Device.CPU)
            ? "CPUExecutionProvider"
            : "CUDAExecutionProvider",
        session.settings().precision().key(),
        sessionsOpened,
        model.source(),
        model.bytesCopied(),
        memory.usedBytes(),
        budget.limits().tokens(),
        (System.nanoTime() - openedNanos) / 1e9,
        metrics.snapshot());
  }

  @Override
  public void close() {
    watchdog.close();
    if (!dispatcher.end()) {
      LOG.warn("A pass on {} hangs; its session is left open", device);
      return;
    }
    runner.close();
    session.close();
    tokenizer.close();
    model.close();
    LOG.info("Closed the engine after {}", metrics.snapshot());
  }
}

package io.bingoguard.engine;

import io.bingoguard.device.Device;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LongTexts;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.score.Cascade;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.PackBudget;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.ScoreRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A loaded model at work on its device, shared by the tasks that run there: one thread runs the
 * passes, a watchdog bounds them.
 */
public final class GuardEngine implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(GuardEngine.class);

  /** Any text that no model stumbles over. */
  private static final Exchange CANARY = Exchange.ofPrompt("Good morning.");

  private final long openedNanos = System.nanoTime();
  private final LoadedModel model;
  private final DeviceMemoryWatch memory;
  private final PackBudget budget;
  private final PassRunner runner;
  private final PassWatchdog watchdog;
  private final DeviceDispatcher dispatcher;
  private final EngineMetrics metrics = new EngineMetrics();
  private final TaskCount tasks = new TaskCount();
  private final SortedSet<String> addresses = new ConcurrentSkipListSet<>();

  /**
   * Starts an engine.
   *
   * @param model closed with the engine
   * @param failed told once when the device fails
   */
  public GuardEngine(LoadedModel model, Consumer<EngineStoppedException> failed) {
    this.model = model;
    this.memory = new DeviceMemoryWatch(model.device());
    this.budget = new PackBudget(model.limits());
    this.runner = new PassRunner(model.session(), model.limits(), metrics);
    ScoreRequest canary = model.request(Question.binary(GuardTask.PROMPT, CANARY));
    this.watchdog =
        new PassWatchdog(runner::run, model.settings().passTimeout(), this::passTimedOut);
    this.dispatcher =
        new DeviceDispatcher(
            model.device().toString(),
            budget,
            new PackWorker(watchdog, budget, metrics, Optional.of(canary)),
            metrics,
            tasks,
            failed);
    LOG.info(
        "Opened {} on {} in {}, {} tokens a pass",
        model.files().directory().getFileName(),
        model.device(),
        model.precision().key(),
        budget.limits().tokens());
  }

  private void passTimedOut() {
    dispatcher.fail(
        new EngineStoppedException(
            EngineErrors.passTimedOut(
                model.device().toString(), model.settings().passTimeout().toSeconds())));
  }

  public Device device() {
    return model.device();
  }

  /**
   * Judges with this engine.
   *
   * @param severity which replies are asked for their severity
   * @param longTexts how texts are judged that do not fit into a request
   */
  public Judge judge(SeverityMode severity, LongTexts longTexts) {
    return new Judge(
        new Cascade(
            model.requests(), dispatcher, new Cascade.Options(severity, longTexts), metrics),
        model.pack(),
        model.settings());
  }

  /** A task begins to use the engine, with the GPUs that Spark gave it. */
  public void taskBegan(List<String> gpus) {
    addresses.addAll(gpus);
    tasks.began();
  }

  public void taskEnded() {
    tasks.ended();
  }

  /** Runs one request through everything, so that the first task finds a device that is awake. */
  public void warmUp() throws InterruptedException {
    judge(SeverityMode.OFF, LongTexts.TRUNCATED).judge(List.of(CANARY));
  }

  /**
   * What the engine has done so far.
   *
   * @param executorId Spark's id of the executor it belongs to
   * @param host the executor's machine
   * @param sessionsOpened sessions that the executor has opened on this device
   */
  public EngineReport report(String executorId, String host, int sessionsOpened) {
    return new EngineReport(
        executorId,
        host,
        List.copyOf(addresses),
        model.device().toString(),
        model.device().equals(Device.CPU) ? "CPUExecutionProvider" : "CUDAExecutionProvider",
        model.precision().key(),
        sessionsOpened,
        model.files().origin().name().toLowerCase(Locale.ROOT),
        model.files().bytesCopied(),
        memory.usedBytes(),
        budget.limits().tokens(),
        (System.nanoTime() - openedNanos) / 1e9,
        metrics.snapshot());
  }

  @Override
  public void close() {
    watchdog.close();
    if (!dispatcher.end()) {
      LOG.warn("A pass on {} hangs; its session is left open", model.device());
      return;
    }
    runner.close();
    model.close();
    LOG.info("Closed the engine after {}", metrics.snapshot());
  }
}

package io.bingoguard.engine;

import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.bench.BenchmarkOptions;
import io.bingoguard.bench.EngineDefaults;
import io.bingoguard.bench.PassWatch;
import io.bingoguard.bench.TextBenchmark;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.device.Device;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.prompt.PromptPack;
import io.bingoguard.score.Cascade;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.JudgingBatch;
import io.bingoguard.score.PackBudget;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.PassRunner;
import io.bingoguard.score.RequestFactory;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import io.bingoguard.token.GuardTokenizer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Judges the same exchanges, from text, with one producer thread and with four that share a device.
 * Fails when four are slower than one by more than rounds with one producer differ among
 * themselves, when the device waits too long for work, or when the labels differ. {@code
 * scripts/benchmark-engine --sharing} runs it.
 */
public final class SharedDeviceBenchmark {
  private static final int PRODUCERS = 4;
  private static final int ROUNDS = 3;
  private static final int BATCHES = 16;
  private static final double LARGEST_WAIT_SHARE = 0.05;
  private static final PackLimits LIMITS = EngineDefaults.CPU_LIMITS;

  /** One run: what it took, how much of that the device waited, what came out. */
  private record Run(double seconds, int passes, double waitShare, List<SafetyLabel> labels) {}

  private final RequestFactory requests;
  private final PassRunner runner;
  private final List<Exchange> exchanges;

  private SharedDeviceBenchmark(
      RequestFactory requests, PassRunner runner, List<Exchange> exchanges) {
    this.requests = requests;
    this.runner = runner;
    this.exchanges = exchanges;
  }

  /** Arguments as {@link BenchmarkOptions#parse} reads them; exits with 1 on a failure. */
  public static void main(String[] args) throws Exception {
    List<String> failures = measure(BenchmarkOptions.parse(args));
    failures.forEach(failure -> System.out.println("FAILED: " + failure));
    System.exit(failures.isEmpty() ? 0 : 1);
  }

  private static List<String> measure(BenchmarkOptions options) throws Exception {
    Path directory = options.directory();
    Files.createDirectories(directory);
    PlantedModel.writeTexts(directory);
    BenchmarkModel.write(directory, options.quick());
    SessionSettings settings =
        new SessionSettings(
            Device.CPU,
            Precision.FP32,
            options.threads(),
            EngineDefaults.MAX_TOKENS + LIMITS.bucket());
    try (GuardTokenizer tokenizer =
            GuardTokenizer.open(directory.resolve(GuardTokenizer.FILE_NAME));
        GuardSession session = GuardSession.open(Checkpoint.open(directory), settings);
        PassRunner runner = new PassRunner(session, LIMITS, new EngineMetrics())) {
      SharedDeviceBenchmark benchmark =
          new SharedDeviceBenchmark(
              new RequestFactory(
                  PromptPack.read(directory.resolve(PromptPack.FILE_NAME)),
                  tokenizer,
                  EngineDefaults.MAX_TOKENS),
              runner,
              exchanges(options));
      return benchmark.compare(options.quick());
    }
  }

  private static List<Exchange> exchanges(BenchmarkOptions options) throws IOException {
    return TextBenchmark.read(options.conversations(), options.exchanges());
  }

  private List<String> compare(boolean quick) throws Exception {
    // The first run computes the shared prefixes and warms the process up.
    List<SafetyLabel> expected = run(1).labels();
    List<Run> one = new ArrayList<>();
    List<Run> four = new ArrayList<>();
    System.out.printf(
        "%n%d exchanges from text; rounds of one producer and of %d in turn%n%9s %9s %7s %7s%n",
        exchanges.size(), PRODUCERS, "producers", "wall s", "passes", "waits");
    for (int round = 0; round < ROUNDS; round++) {
      one.add(print(1, run(1)));
      four.add(print(PRODUCERS, run(PRODUCERS)));
    }
    List<Double> alone = one.stream().map(Run::seconds).sorted().toList();
    double noise = alone.get(ROUNDS - 1) / alone.get(0) - 1;
    double ratio = median(four.stream().map(Run::seconds).toList()) / median(alone);
    double waits =
        Math.max(
            median(one.stream().map(Run::waitShare).toList()),
            median(four.stream().map(Run::waitShare).toList()));
    System.out.printf(
        "Medians: %d producers take %.3f of the time of one, whose rounds differ by %.1f%%;"
            + " the device waits %.2f%% of the time at most%n",
        PRODUCERS, ratio, 100 * noise, 100 * waits);
    List<String> failures = new ArrayList<>();
    if (four.stream().anyMatch(run -> !run.labels().equals(expected))) {
      failures.add("labels with " + PRODUCERS + " producers differ from those with one");
    }
    if (!quick && ratio > 1 + noise) {
      failures.add("%d producers are slower than one by more than noise".formatted(PRODUCERS));
    }
    if (!quick && waits >= LARGEST_WAIT_SHARE) {
      failures.add("the device waits for work %.1f%% of the time".formatted(100 * waits));
    }
    return failures;
  }

  private static Run print(int producers, Run run) {
    System.out.printf(
        "%9d %9.2f %7d %6.2f%%%n", producers, run.seconds(), run.passes(), 100 * run.waitShare());
    return run;
  }

  private static double median(List<Double> values) {
    return values.stream().sorted().toList().get(values.size() / 2);
  }

  private Run run(int producers) throws Exception {
    PassWatch watch = new PassWatch(runner::run, System::nanoTime);
    ExecutorService pool = Executors.newFixedThreadPool(producers);
    long start = System.nanoTime();
    EngineMetrics metrics = new EngineMetrics();
    PackBudget budget = new PackBudget(LIMITS);
    try (DeviceDispatcher dispatcher =
        new DeviceDispatcher(
            "benchmark",
            budget,
            new PackWorker(watch, budget, metrics),
            metrics,
            new TaskCount(),
            failed -> {})) {
      Cascade judge =
          new Cascade(
              requests,
              watch.arriving(dispatcher),
              Cascade.Options.of(SeverityMode.FLAGGED),
              new EngineMetrics());
      List<Future<List<SafetyLabel>>> parts = new ArrayList<>();
      for (int i = 0; i < producers; i++) {
        List<Exchange> part =
            exchanges.subList(
                i * exchanges.size() / producers, (i + 1) * exchanges.size() / producers);
        parts.add(pool.submit(() -> judge(judge, part)));
      }
      List<SafetyLabel> labels = new ArrayList<>();
      for (Future<List<SafetyLabel>> part : parts) {
        labels.addAll(part.get());
      }
      double seconds = (System.nanoTime() - start) / 1e9;
      return new Run(seconds, watch.passes(), watch.waitShare(), labels);
    } finally {
      pool.shutdownNow();
    }
  }

  /** Batch by batch, some of them ahead, as a partition does. */
  private List<SafetyLabel> judge(Cascade judge, List<Exchange> part) throws InterruptedException {
    int size = Math.max(1, exchanges.size() / BATCHES);
    Deque<JudgingBatch> ahead = new ArrayDeque<>();
    List<SafetyLabel> labels = new ArrayList<>();
    for (int from = 0; from < part.size(); from += size) {
      if (ahead.size() == EngineDefaults.BATCHES_IN_FLIGHT) {
        labels.addAll(ahead.remove().labels());
      }
      ahead.add(judge.start(part.subList(from, Math.min(part.size(), from + size))));
    }
    while (!ahead.isEmpty()) {
      labels.addAll(ahead.remove().labels());
    }
    return labels;
  }
}

package io.bingoguard.bench;

import ai.onnxruntime.OrtException;
import io.bingoguard.bench.BenchmarkWorkload.Question;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedModel;
import io.bingoguard.device.Device;
import io.bingoguard.prompt.AnswerMeaning;
import io.bingoguard.score.EngineCounter;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PassRunner;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.PaddedGreedyDecoder;
import io.bingoguard.session.Precision;
import io.bingoguard.session.SessionSettings;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Compares ways to get labels out of one model, on the same requests in one run: generating text in
 * padded batches, generating it request by request, one pass over full prompts, and this engine.
 * Fails when an answer differs, when the engine is not fast enough, or when tokenizing and packing
 * take too long. {@code scripts/benchmark-engine} runs it.
 */
public final class EngineBenchmark {
  private static final double LEAST_SPEEDUP = 5;
  private static final double LARGEST_TEXT_SHARE = 0.05;
  private static final int BATCH_SIZE = 8;
  private static final int MEAN_TEXT_TOKENS = 304;
  private static final int PREFIX_TOKENS = 800;
  private static final int WARM_UP_QUESTIONS = 8;
  private static final int WARM_UP_TOKENS = 40;
  private static final long SEED = 5;

  /** What one engine is asked; the cascade asks again after it has seen answers. */
  @FunctionalInterface
  private interface Workload {
    List<Optional<AnswerMeaning>> putTo(BenchmarkEngine engine) throws Exception;
  }

  private final BenchmarkOptions options;
  private final PrintStream out;
  private final BenchmarkModel model = new BenchmarkModel();
  private final PackLimits limits = EngineDefaults.CPU_LIMITS;
  private final Map<String, BenchmarkEngine> engines = new LinkedHashMap<>();
  private final List<String> failures = new ArrayList<>();

  private EngineBenchmark(BenchmarkOptions options, PrintStream out) {
    this.options = options;
    this.out = out;
  }

  /** Arguments as {@link BenchmarkOptions#parse} reads them; exits with 1 on a failure. */
  public static void main(String[] args) throws Exception {
    EngineBenchmark benchmark = new EngineBenchmark(BenchmarkOptions.parse(args), System.out);
    benchmark.run();
    benchmark.failures.forEach(failure -> System.out.println("FAILED: " + failure));
    System.exit(benchmark.failures.isEmpty() ? 0 : 1);
  }

  private void run() throws Exception {
    prepareModel();
    Checkpoint checkpoint = Checkpoint.open(options.directory());
    SessionSettings settings =
        new SessionSettings(
            Device.CPU,
            Precision.FP32,
            options.threads(),
            EngineDefaults.MAX_TOKENS + limits.bucket());
    try (GuardSession session = GuardSession.open(checkpoint, settings);
        PaddedGreedyDecoder padded = PaddedGreedyDecoder.open(checkpoint, settings)) {
      engines.put(
          "greedy, batches of " + BATCH_SIZE, BenchmarkEngine.paddedGreedy(padded, BATCH_SIZE));
      engines.put("greedy, one by one", BenchmarkEngine.singleGreedy(session));
      engines.put("single pass, full prompts", questions -> pass(session, false, questions));
      engines.put("this engine", questions -> pass(session, true, questions));

      List<Question> warmUp =
          new BenchmarkWorkload(model, WARM_UP_QUESTIONS, WARM_UP_TOKENS, SEED - 1).binary();
      for (BenchmarkEngine engine : engines.values()) {
        engine.answer(warmUp);
      }
      compareBehindOnePrefix();
      compareCascade();
      measureTextShare(session);
    }
  }

  /** A fresh runner has no prefixes: what they cost is part of what is measured. */
  private List<Optional<AnswerMeaning>> pass(
      GuardSession session, boolean sharePrefixes, List<Question> questions) throws OrtException {
    try (PassRunner runner = new PassRunner(session, limits, new EngineMetrics())) {
      return BenchmarkEngine.singlePass(runner::run, limits, sharePrefixes).answer(questions);
    }
  }

  private void prepareModel() throws IOException {
    Files.createDirectories(options.directory());
    PlantedModel.writeTexts(options.directory());
    BenchmarkModel.write(options.directory(), options.quick());
  }

  private void compareBehindOnePrefix() throws Exception {
    BenchmarkWorkload workload =
        new BenchmarkWorkload(model, options.requests(), MEAN_TEXT_TOKENS, SEED);
    List<Question> questions = workload.severityBehind(PREFIX_TOKENS);
    out.printf(
        "%n%d severity requests behind one prefix of %d tokens, texts of %.0f tokens on average%n",
        questions.size(), PREFIX_TOKENS, workload.textTokens() / (double) questions.size());
    List<BenchmarkRun> runs = compare(engine -> engine.answer(questions));
    double speedup = runs.get(0).cpuSeconds() / runs.get(runs.size() - 1).cpuSeconds();
    if (!options.quick() && speedup < LEAST_SPEEDUP) {
      failures.add(
          "%.2f times as fast as batched greedy decoding, expected at least %.0f"
              .formatted(speedup, LEAST_SPEEDUP));
    }
  }

  private void compareCascade() throws Exception {
    BenchmarkWorkload workload =
        new BenchmarkWorkload(model, options.exchanges(), MEAN_TEXT_TOKENS, SEED + 1);
    List<Question> binary = workload.binary();
    out.printf(
        "%nThe cascade on %d exchanges of %.0f tokens on average, prompts as long as the real ones%n",
        options.exchanges(), workload.textTokens() / (double) options.exchanges());
    compare(
        engine -> {
          List<Optional<AnswerMeaning>> answers = new ArrayList<>(engine.answer(binary));
          answers.addAll(engine.answer(workload.severity(answers)));
          return answers;
        });
  }

  private List<BenchmarkRun> compare(Workload workload) throws Exception {
    out.printf(
        "%-28s %9s %9s %9s %10s %s%n",
        "", "CPU s", "wall s", "times", "different", "legal answers (distinct)");
    List<BenchmarkRun> runs = new ArrayList<>();
    for (Map.Entry<String, BenchmarkEngine> engine : engines.entrySet()) {
      BenchmarkRun run =
          BenchmarkRun.measure(engine.getKey(), () -> workload.putTo(engine.getValue()));
      runs.add(run);
      long different = run.differences(runs.get(0));
      out.printf(
          "%-28s %9.1f %9.1f %9.2f %10d %d of %d (%d)%n",
          run.engine(),
          run.cpuSeconds(),
          run.wallSeconds(),
          runs.get(0).cpuSeconds() / run.cpuSeconds(),
          different,
          run.legal(),
          run.answers().size(),
          run.distinct());
      if (different > 0) {
        failures.add(run.engine() + ": " + different + " answers differ from those of greedy");
      }
    }
    return runs;
  }

  private void measureTextShare(GuardSession session) throws Exception {
    Path directory = options.directory();
    EngineMetrics.Snapshot times =
        TextBenchmark.run(session, limits, directory, options.conversations(), options.exchanges());
    double share =
        (times.of(EngineCounter.TOKENIZE_NANOS) + times.of(EngineCounter.PACK_NANOS))
            / (double) times.of(EngineCounter.FORWARD_NANOS);
    out.printf(
        "%nFrom text: %d requests, %d tokens after shared prefixes in %d passes%n"
            + "tokenize %.3f s, pack %.3f s, prefixes %.1f s, passes %.1f s:"
            + " tokenizing and packing take %.2f%% of the passes%n",
        times.of(EngineCounter.REQUESTS),
        times.of(EngineCounter.USEFUL_TOKENS),
        times.of(EngineCounter.PASSES),
        times.of(EngineCounter.TOKENIZE_NANOS) / 1e9,
        times.of(EngineCounter.PACK_NANOS) / 1e9,
        times.of(EngineCounter.PREFIX_NANOS) / 1e9,
        times.of(EngineCounter.FORWARD_NANOS) / 1e9,
        100 * share);
    if (!options.quick() && share >= LARGEST_TEXT_SHARE) {
      failures.add("tokenizing and packing take %.1f%% of the passes".formatted(100 * share));
    }
  }
}

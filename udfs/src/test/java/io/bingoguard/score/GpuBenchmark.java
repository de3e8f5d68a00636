package io.bingoguard.score;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.JsonNode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.model.Checkpoint;
import io.bingoguard.model.GuardSession;
import io.bingoguard.model.LlamaConfig;
import io.bingoguard.model.MatrixCeiling;
import io.bingoguard.model.NodeProviders;
import io.bingoguard.model.PlantedCheckpoint;
import io.bingoguard.model.Precision;
import io.bingoguard.model.SessionSettings;
import io.bingoguard.score.CascadeMeasurement.Cascade;
import io.bingoguard.score.CascadeMeasurement.Outcome;
import io.bingoguard.spark.EngineProperties;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.LongSupplier;

/**
 * Measures the engine on one device, most of all on a GPU: that its answers are right there, how
 * fast the cascade is at several pack sizes, and how near that is to what the device's matrix
 * products reach. {@code scripts/benchmark-gpu} runs it. Exits with 1 when a check fails, with 2
 * when it cannot run at all.
 */
public final class GpuBenchmark {
  private static final int MEAN_TEXT_TOKENS = 304;
  private static final long SEED = 21;
  private static final double CEILING_SECONDS = 1;

  /** Operators that must not fall back to the CPU when a GPU is asked for. */
  private static final String HEAVY =
      ".*(Gemm|MatMul|Attention|RotaryEmbedding|Normalization|Gelu|Softmax|TopK).*";

  private final GpuBenchmarkOptions options;
  private final GpuReport report = new GpuReport(System.out);
  private final BenchmarkModel model = new BenchmarkModel();
  private final Optional<NvidiaSmi> smi;

  private GpuBenchmark(GpuBenchmarkOptions options) {
    this.options = options;
    this.smi =
        options.device().cudaOrdinal().stream()
            .mapToObj(
                ordinal ->
                    NvidiaSmi.ofOrdinal(
                        ordinal, System.getenv().getOrDefault("CUDA_VISIBLE_DEVICES", "")))
            .findFirst();
  }

  /** Arguments as {@link GpuBenchmarkOptions#parse} reads them. */
  public static void main(String[] args) throws Exception {
    try {
      GpuBenchmark benchmark = new GpuBenchmark(GpuBenchmarkOptions.parse(args));
      benchmark.run();
      benchmark.report.failures().forEach(failure -> System.out.println("FAILED: " + failure));
      System.exit(benchmark.report.failures().isEmpty() ? 0 : 1);
    } catch (IllegalArgumentException | IllegalStateException | GuardException e) {
      System.err.println("benchmark-gpu: " + e.getMessage());
      System.exit(2);
    }
  }

  private void run() throws Exception {
    describeDevice();
    checkParity();
    PlantedCheckpoint planted = model.checkpoint(options.sizes());
    long needed = MemoryCheck.needed(planted.parameters(), options.precision());
    MemoryCheck.require(
        options.device().toString(),
        smi.isPresent()
            ? smi.get().status().freeMib() << 20
            : MemoryCheck.hostBytes(MemoryCheck.MEMINFO),
        needed);
    Path directory = options.directory().resolve(options.shape());
    Checkpoint checkpoint = GeneratedCheckpoint.prepare(directory, planted, System.out);
    double ceiling = measureCeiling(checkpoint);
    List<Outcome> outcomes = measureCascades(checkpoint, ceiling);
    compareWithTransformers(directory, outcomes);
    if (options.json().isPresent()) {
      report.write(options.json().get());
    }
  }

  private void describeDevice() {
    report.put("device", options.device().toString());
    report.put("precision", options.precision().key());
    report.put("shape", options.shape());
    if (smi.isEmpty()) {
      int cores = Runtime.getRuntime().availableProcessors();
      report.line("Device cpu, %d cores, %s", cores, options.precision().key());
      return;
    }
    NvidiaSmi.Status status = smi.get().status();
    report.line(
        "Device %s: %s, driver %s, %d of %d MiB free, %s",
        options.device(),
        status.name(),
        status.driver(),
        status.freeMib(),
        status.totalMib(),
        options.precision().key());
    report.put("gpu", status);
  }

  private void checkParity() throws IOException, OrtException {
    PlantedCheckpoint small =
        model.checkpoint(PlantedCheckpoint.Sizes.tiny(BenchmarkModel.VOCABULARY));
    Path directory = options.directory().resolve("parity");
    Checkpoint checkpoint = GeneratedCheckpoint.prepare(directory, small, System.out);
    ParityCheck check = new ParityCheck(model, checkpoint, options.device(), options.threads());
    check.run();
    report.parity(check.differences(), check.refused());
    boolean gpu = smi.isPresent();
    if (gpu) {
      check
          .refused()
          .forEach((precision, why) -> report.failed(precision.key() + " does not run: " + why));
    }
    if (check.refused().containsKey(options.precision())) {
      throw new IllegalStateException(
          "%s does not run on %s: %s"
              .formatted(
                  options.precision().key(),
                  options.device(),
                  check.refused().get(options.precision())));
    }
    SortedMap<String, SortedMap<String, Integer>> nodes = findProviders(checkpoint);
    if (gpu) {
      nodes.getOrDefault("CPUExecutionProvider", Collections.emptySortedMap()).keySet().stream()
          .filter(operator -> operator.matches(HEAVY))
          .forEach(operator -> report.failed(operator + " ran on the CPU, not on the GPU"));
    }
  }

  private SortedMap<String, SortedMap<String, Integer>> findProviders(Checkpoint checkpoint)
      throws IOException, OrtException {
    Path scratch = Files.createTempDirectory(options.directory(), "profile");
    try {
      var nodes = NodeProviders.of(checkpoint, settings(options.precision()), scratch);
      report.providers(nodes);
      return nodes;
    } finally {
      Files.delete(scratch);
    }
  }

  private SessionSettings settings(Precision precision) {
    GpuBenchmarkOptions.Workload wanted = options.workload();
    int tokens =
        Math.max(EngineProperties.MAX_TOKENS_DEFAULT, Collections.max(wanted.packTokens()));
    // A pass is rounded up to whole buckets, and a bucket of 0 is as large as its pack.
    int rows = tokens + Math.max(tokens, Collections.max(wanted.buckets()));
    return new SessionSettings(options.device(), precision, options.threads(), rows);
  }

  private double measureCeiling(Checkpoint checkpoint) throws OrtException {
    try (MatrixCeiling products = MatrixCeiling.open(checkpoint, settings(options.precision()))) {
      List<MatrixCeiling.Reached> reached =
          products.measure(options.workload().packTokens(), CEILING_SECONDS);
      LlamaConfig config = checkpoint.config();
      return report.ceiling(reached, config.hiddenSize(), config.intermediateSize());
    }
  }

  private List<Outcome> measureCascades(Checkpoint checkpoint, double ceiling)
      throws OrtException, IOException {
    if (smi.isEmpty()) {
      return measureCascades(checkpoint, ceiling, () -> -1);
    }
    try (NvidiaSmi.Sampler memory = smi.get().sample()) {
      return measureCascades(checkpoint, ceiling, memory::peakMib);
    }
  }

  private List<Outcome> measureCascades(Checkpoint checkpoint, double ceiling, LongSupplier peak)
      throws OrtException {
    GpuBenchmarkOptions.Workload wanted = options.workload();
    BenchmarkWorkload workload =
        new BenchmarkWorkload(model, wanted.exchanges(), MEAN_TEXT_TOKENS, SEED);
    List<Outcome> outcomes = new ArrayList<>();
    long start = System.nanoTime();
    try (GuardSession session = GuardSession.open(checkpoint, settings(options.precision()))) {
      double opened = (System.nanoTime() - start) / 1e9;
      report.put("sessionOpenSeconds", opened);
      report.line(
          "%nSession opened in %.1f s; the cascade on %d exchanges of %.0f tokens on average",
          opened, wanted.exchanges(), workload.textTokens() / (double) wanted.exchanges());
      CascadeMeasurement measurement =
          new CascadeMeasurement(session, new PassFlops(checkpoint.config()), workload, wanted);
      report.cascadeHeader();
      for (int tokens : wanted.packTokens()) {
        for (int bucket : wanted.buckets()) {
          PackLimits limits =
              new PackLimits(
                  tokens,
                  bucket == 0 ? tokens : bucket,
                  (long) EngineProperties.MAX_TOKENS_DEFAULT * EngineProperties.MAX_TOKENS_DEFAULT);
          Optional<Cascade> first = outcomes.stream().map(Outcome::cascade).findFirst();
          outcomes.add(measurement.measure(limits, peak, first));
          report.cascade(outcomes.get(outcomes.size() - 1).figures(), ceiling);
        }
      }
    }
    report.putCascades(outcomes.stream().map(Outcome::figures).toList(), ceiling);
    return outcomes;
  }

  private void compareWithTransformers(Path directory, List<Outcome> outcomes)
      throws IOException, InterruptedException {
    TransformersComparison comparison = new TransformersComparison(model, options);
    Optional<String> missing = comparison.missing();
    if (missing.isPresent()) {
      report.line("%nNo comparison with Hugging Face transformers: %s", missing.get());
      report.put("transformers", "skipped: " + missing.get());
      return;
    }
    Outcome best =
        Collections.max(
            outcomes, Comparator.comparingDouble(one -> one.figures().requestsPerSecond()));
    report.line(
        "%nHugging Face transformers on the same requests; this engine: %.2f requests/s",
        best.figures().requestsPerSecond());
    Path requests = options.directory().resolve("requests.jsonl");
    comparison.write(requests, best.cascade());
    JsonNode figures = comparison.run(directory, requests);
    report.put("transformers", figures);
  }
}

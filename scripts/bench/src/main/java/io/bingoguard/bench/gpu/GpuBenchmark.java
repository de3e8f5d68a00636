package io.bingoguard.bench.gpu;

import ai.onnxruntime.OrtException;
import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.bench.gpu.CascadeMeasurement.Outcome;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedCheckpoint;
import io.bingoguard.guard.GuardException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Measures the engine on one device, most of all on a GPU: that its answers are right there, how
 * fast the cascade is at several pack sizes, and how near that is to what the device's matrix
 * products reach. {@code scripts/benchmark-gpu} runs it. Exits with 1 when a check fails, with 2
 * when it cannot run to the end; what was measured until then is in the JSON file all the same.
 */
public final class GpuBenchmark {
  private static final String VISIBLE_DEVICES = "CUDA_VISIBLE_DEVICES";

  private final GpuBenchmarkOptions options;
  private final GpuReport report = new GpuReport(System.out);
  private final BenchmarkModel model = new BenchmarkModel();
  private final Optional<NvidiaSmi> smi;

  private GpuBenchmark(GpuBenchmarkOptions options) {
    this.options = options;
    String visible = System.getenv().getOrDefault(VISIBLE_DEVICES, "");
    this.smi =
        options.device().cudaOrdinal().stream()
            .mapToObj(ordinal -> NvidiaSmi.ofOrdinal(ordinal, visible))
            .findFirst();
  }

  /** Arguments as {@link GpuBenchmarkOptions#parse} reads them. */
  public static void main(String[] args) throws Exception {
    int exit = 2;
    try {
      exit = new GpuBenchmark(GpuBenchmarkOptions.parse(args)).runAndReport() ? 0 : 1;
    } catch (IllegalArgumentException | IllegalStateException | GuardException | OrtException e) {
      System.err.println("benchmark-gpu: " + e.getMessage());
    }
    System.exit(exit);
  }

  private boolean runAndReport() throws Exception {
    try {
      run();
    } finally {
      report.failures().forEach(failure -> report.line("%s", "FAILED: " + failure));
      if (options.json().isPresent()) {
        report.write(options.json().get());
      }
    }
    return report.failures().isEmpty();
  }

  private void run() throws Exception {
    describeDevice();
    new GpuChecks(options, model, report).run();
    PlantedCheckpoint planted = model.checkpoint(options.sizes());
    MemoryCheck.require(
        options.device().toString(),
        smi.isPresent()
            ? smi.get().status().freeMib() << 20
            : MemoryCheck.hostBytes(MemoryCheck.MEMINFO),
        MemoryCheck.needed(planted.parameters(), options.precision()));
    Path directory = options.directory().resolve(options.shape());
    Checkpoint checkpoint = GeneratedCheckpoint.prepare(directory, planted, System.out);
    compareWithTransformers(directory, measure(checkpoint));
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

  private List<Outcome> measure(Checkpoint checkpoint) throws OrtException, IOException {
    GpuSpeed speed = new GpuSpeed(options, model, report);
    if (smi.isEmpty()) {
      return speed.run(checkpoint, () -> -1);
    }
    try (NvidiaSmi.Sampler memory = smi.get().sample()) {
      return speed.run(checkpoint, memory::peakMib);
    }
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
    report.put("transformers", comparison.run(directory, requests));
  }
}

package io.bingoguard.score;

import ai.onnxruntime.OrtException;
import io.bingoguard.model.Checkpoint;
import io.bingoguard.model.Device;
import io.bingoguard.model.NodeProviders;
import io.bingoguard.model.PlantedCheckpoint;
import io.bingoguard.model.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;

/** Whether a device gives right answers, and whether it is the device that computes them. */
final class GpuChecks {
  /** Operators that must not fall back to the CPU when a GPU is asked for. */
  private static final String HEAVY =
      ".*(Gemm|MatMul|Attention|RotaryEmbedding|Normalization|Gelu|Softmax|TopK).*";

  private static final String CPU_PROVIDER = "CPUExecutionProvider";

  private final GpuBenchmarkOptions options;
  private final BenchmarkModel model;
  private final GpuReport report;

  GpuChecks(GpuBenchmarkOptions options, BenchmarkModel model, GpuReport report) {
    this.options = options;
    this.model = model;
    this.report = report;
  }

  /**
   * Makes the checks on a small checkpoint and reports what fails.
   *
   * @throws IllegalStateException if the device does not compute in the wanted precision at all
   */
  void run() throws IOException, OrtException {
    PlantedCheckpoint small =
        model.checkpoint(PlantedCheckpoint.Sizes.tiny(BenchmarkModel.VOCABULARY));
    Path directory = options.directory().resolve("parity");
    Checkpoint checkpoint = GeneratedCheckpoint.prepare(directory, small, System.out);
    ParityCheck check = new ParityCheck(model, checkpoint, options.device(), options.threads());
    check.run();
    report.parity(check.differences(), check.refused());
    boolean gpu = !options.device().equals(Device.CPU);
    Map<Precision, String> refused = check.refused();
    if (gpu) {
      refused.keySet().forEach(one -> report.failed(one.key() + " does not run on the GPU"));
    }
    if (refused.containsKey(options.precision())) {
      throw new IllegalStateException(
          "%s does not run on %s: %s"
              .formatted(
                  options.precision().key(), options.device(), refused.get(options.precision())));
    }
    SortedMap<String, SortedMap<String, Integer>> nodes = providers(checkpoint);
    report.providers(nodes);
    if (gpu) {
      nodes.getOrDefault(CPU_PROVIDER, Collections.emptySortedMap()).keySet().stream()
          .filter(operator -> operator.matches(HEAVY))
          .forEach(operator -> report.failed(operator + " ran on the CPU, not on the GPU"));
    }
  }

  private SortedMap<String, SortedMap<String, Integer>> providers(Checkpoint checkpoint)
      throws IOException, OrtException {
    Path scratch = Files.createTempDirectory(options.directory(), "profile");
    try {
      return NodeProviders.of(checkpoint, options.session(), scratch);
    } finally {
      Files.delete(scratch);
    }
  }
}

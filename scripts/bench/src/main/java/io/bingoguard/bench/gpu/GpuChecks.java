package io.bingoguard.bench.gpu;

import ai.onnxruntime.OrtException;
import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.PlantedCheckpoint;
import io.bingoguard.device.Device;
import io.bingoguard.session.KeyValues;
import io.bingoguard.session.LlamaSession;
import io.bingoguard.session.Pass;
import io.bingoguard.session.Precision;
import io.bingoguard.session.ProfiledSessions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** Whether a device gives right answers, and whether it is the device that computes them. */
final class GpuChecks {
  /** Operators that must not fall back to the CPU when a GPU is asked for. */
  private static final String HEAVY =
      ".*(Gemm|MatMul|Attention|RotaryEmbedding|Normalization|Gelu|Softmax|TopK).*";

  private static final String CPU_PROVIDER = "CPUExecutionProvider";
  private static final int PROFILED_TOKENS = 32;

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
  void run() throws IOException {
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
    Map<String, Map<String, Integer>> nodes = operators(checkpoint);
    report.providers(nodes);
    if (gpu) {
      nodes.getOrDefault(CPU_PROVIDER, Map.of()).keySet().stream()
          .filter(operator -> operator.matches(HEAVY))
          .forEach(operator -> report.failed(operator + " ran on the CPU, not on the GPU"));
    }
  }

  private Map<String, Map<String, Integer>> operators(Checkpoint checkpoint) {
    List<int[]> tokens = List.of(new int[PROFILED_TOKENS]);
    List<int[]> last = List.of(new int[] {PROFILED_TOKENS - 1});
    try (ProfiledSessions profiled = new ProfiledSessions();
        LlamaSession session = profiled.open(checkpoint, options.session());
        KeyValues nothing = session.noPrefix()) {
      session.score(new Pass(tokens, 0, last, PROFILED_TOKENS), nothing, new int[] {0});
      return profiled.operators();
    } catch (OrtException e) {
      throw new IllegalStateException(e);
    }
  }
}

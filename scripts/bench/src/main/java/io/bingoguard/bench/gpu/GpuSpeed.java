package io.bingoguard.bench.gpu;

import ai.onnxruntime.OrtException;
import io.bingoguard.bench.BenchmarkModel;
import io.bingoguard.bench.BenchmarkWorkload;
import io.bingoguard.bench.EngineDefaults;
import io.bingoguard.bench.gpu.CascadeMeasurement.Cascade;
import io.bingoguard.bench.gpu.CascadeMeasurement.Outcome;
import io.bingoguard.checkpoint.Checkpoint;
import io.bingoguard.checkpoint.LlamaConfig;
import io.bingoguard.score.PackLimits;
import io.bingoguard.session.GuardSession;
import io.bingoguard.session.MatrixCeiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/** How fast a device judges, against how fast it multiplies matrices. */
final class GpuSpeed {
  private static final int MEAN_TEXT_TOKENS = 304;
  private static final long SEED = 21;
  private static final double CEILING_SECONDS = 1;

  private final GpuBenchmarkOptions options;
  private final BenchmarkModel model;
  private final GpuReport report;

  GpuSpeed(GpuBenchmarkOptions options, BenchmarkModel model, GpuReport report) {
    this.options = options;
    this.model = model;
    this.report = report;
  }

  /**
   * Measures the ceiling, then the cascade at every pack size.
   *
   * @param peak tells the peak of device memory so far, in MiB; -1 where nothing tells
   * @return what was measured at each pack size, in order
   */
  List<Outcome> run(Checkpoint checkpoint, LongSupplier peak) throws OrtException {
    double ceiling = ceiling(checkpoint);
    GpuBenchmarkOptions.Workload wanted = options.workload();
    BenchmarkWorkload workload =
        new BenchmarkWorkload(model, wanted.exchanges(), MEAN_TEXT_TOKENS, SEED);
    List<Outcome> outcomes = new ArrayList<>();
    long start = System.nanoTime();
    try (GuardSession session = GuardSession.open(checkpoint, options.session())) {
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
              new PackLimits(tokens, bucket == 0 ? tokens : bucket, EngineDefaults.ATTENTION_CELLS);
          Optional<Cascade> first = outcomes.stream().map(Outcome::cascade).findFirst();
          outcomes.add(measurement.measure(limits, peak, first));
          report.cascade(outcomes.get(outcomes.size() - 1).figures(), ceiling);
        }
      }
    }
    return outcomes;
  }

  private double ceiling(Checkpoint checkpoint) throws OrtException {
    try (MatrixCeiling products = MatrixCeiling.open(checkpoint, options.session())) {
      List<MatrixCeiling.Reached> reached =
          products.measure(options.workload().packTokens(), CEILING_SECONDS);
      LlamaConfig config = checkpoint.config();
      return report.ceiling(reached, config.hiddenSize(), config.intermediateSize());
    }
  }
}

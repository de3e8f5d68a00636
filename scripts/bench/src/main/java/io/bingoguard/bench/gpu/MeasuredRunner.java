package io.bingoguard.bench.gpu;

import ai.onnxruntime.OrtException;
import io.bingoguard.score.ChoiceScores;
import io.bingoguard.score.PackLimits;
import io.bingoguard.score.PackWorker;
import io.bingoguard.score.ScoreRequest;
import java.util.List;

/** Runs packs and keeps count of what they cost; for one thread. */
final class MeasuredRunner implements PackWorker.Runner {
  private final PackWorker.Runner runner;
  private final PackLimits limits;
  private final PassFlops passFlops;
  private double flops;
  private int failed;

  MeasuredRunner(PackWorker.Runner runner, PackLimits limits, PassFlops passFlops) {
    this.runner = runner;
    this.limits = limits;
    this.passFlops = passFlops;
  }

  @Override
  public List<ChoiceScores> run(List<ScoreRequest> pack) throws OrtException {
    boolean done = false;
    try {
      List<ChoiceScores> scores = runner.run(pack);
      flops += passFlops.of(pack, limits);
      done = true;
      return scores;
    } finally {
      failed += done ? 0 : 1;
    }
  }

  /** Operations of the passes that succeeded, as {@link PassFlops} counts them. */
  double flops() {
    return flops;
  }

  /** Passes that failed; their packs were halved and tried again. */
  int failed() {
    return failed;
  }
}

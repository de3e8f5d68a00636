package io.bingoguard.score;

import ai.onnxruntime.OrtException;
import io.bingoguard.guard.GuardException;
import java.util.List;
import java.util.Optional;

/**
 * Scores packs and tells those who wait. A pack that fails is halved until the culprit is alone, or
 * until it fits into memory. A failure of the device is nobody's fault here: it is thrown.
 */
public final class PackWorker {
  /** What scores a pack in one pass. */
  @FunctionalInterface
  public interface Runner {
    List<ChoiceScores> run(List<ScoreRequest> pack) throws OrtException;
  }

  private final Runner runner;
  private final PackBudget budget;
  private final EngineMetrics metrics;
  private final Optional<ScoreRequest> canary;

  /** A worker that takes the runner for sound. */
  public PackWorker(Runner runner, PackBudget budget, EngineMetrics metrics) {
    this(runner, budget, metrics, Optional.empty());
  }

  /**
   * A worker.
   *
   * @param budget shrinks when a pack exceeds the device's memory
   * @param canary a harmless request; before a request is blamed for a failure, this one must pass,
   *     for a broken session fails every request
   */
  public PackWorker(
      Runner runner, PackBudget budget, EngineMetrics metrics, Optional<ScoreRequest> canary) {
    this.runner = runner;
    this.budget = budget;
    this.metrics = metrics;
    this.canary = canary;
  }

  /**
   * Completes every future of the pack, with scores or with a {@link GuardException}.
   *
   * @throws EngineStoppedException when the device or its session failed; futures are left open
   */
  public void work(List<PackQueue.Waiting> pack) {
    if (pack.isEmpty()) {
      return;
    }
    List<ChoiceScores> scores;
    try {
      scores = runner.run(requests(pack));
    } catch (EngineStoppedException e) {
      throw e;
    } catch (OrtException | RuntimeException e) {
      failed(pack, e);
      return;
    }
    for (int i = 0; i < pack.size(); i++) {
      pack.get(i).scores().complete(scores.get(i));
    }
  }

  private void failed(List<PackQueue.Waiting> pack, Exception failure) {
    PassFailure kind = PassFailure.of(failure);
    if (kind == PassFailure.DEVICE) {
      throw new EngineStoppedException(
          failure instanceof GuardException known ? known : ScoreErrors.deviceFailed(failure));
    }
    if (kind == PassFailure.MEMORY) {
      metrics.add(EngineCounter.OUT_OF_MEMORY, 1);
      budget.exceededBy(requests(pack));
    }
    if (pack.size() > 1) {
      work(pack.subList(0, pack.size() / 2));
      work(pack.subList(pack.size() / 2, pack.size()));
      return;
    }
    canary.ifPresent(this::requireSoundSession);
    pack.get(0).scores().completeExceptionally(blame(failure, kind));
  }

  private void requireSoundSession(ScoreRequest request) {
    try {
      runner.run(List.of(request));
    } catch (EngineStoppedException e) {
      throw e;
    } catch (OrtException | RuntimeException e) {
      // Whatever concerns the device says better itself why nothing can be computed on it.
      throw new EngineStoppedException(
          PassFailure.of(e) == PassFailure.DEVICE && e instanceof GuardException known
              ? known
              : ScoreErrors.sessionBroken(e));
    }
  }

  private static GuardException blame(Exception failure, PassFailure kind) {
    return kind == PassFailure.MEMORY
        ? ScoreErrors.requestExceedsMemory(failure)
        : PassFailure.known(failure);
  }

  private static List<ScoreRequest> requests(List<PackQueue.Waiting> pack) {
    return pack.stream().map(PackQueue.Waiting::request).toList();
  }
}

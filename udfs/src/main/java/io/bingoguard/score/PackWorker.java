package io.bingoguard.score;

import ai.onnxruntime.OrtException;
import io.bingoguard.guard.GuardErrors;
import io.bingoguard.guard.GuardException;
import java.util.List;

/**
 * Scores packs and tells those who wait. A pack that fails is halved until the culprit is alone.
 */
public final class PackWorker {
  /** What scores a pack in one pass. */
  @FunctionalInterface
  public interface Runner {
    List<ChoiceScores> run(List<ScoreRequest> pack) throws OrtException;
  }

  private final Runner runner;

  public PackWorker(Runner runner) {
    this.runner = runner;
  }

  /** Completes every future of the pack, with scores or with a {@link GuardException}. */
  public void work(List<PackQueue.Waiting> pack) {
    if (pack.isEmpty()) {
      return;
    }
    List<ChoiceScores> scores;
    try {
      scores = runner.run(pack.stream().map(PackQueue.Waiting::request).toList());
    } catch (OrtException | RuntimeException e) {
      if (pack.size() > 1) {
        work(pack.subList(0, pack.size() / 2));
        work(pack.subList(pack.size() / 2, pack.size()));
      } else {
        GuardException failure =
            e instanceof GuardException known ? known : GuardErrors.passFailed(e);
        pack.get(0).scores().completeExceptionally(failure);
      }
      return;
    }
    for (int i = 0; i < pack.size(); i++) {
      pack.get(i).scores().complete(scores.get(i));
    }
  }
}

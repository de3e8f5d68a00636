package io.bingoguard.score;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Scores requests on the calling thread, as soon as they are handed over. */
public final class DirectScorer implements RequestScorer {
  private final PackWorker worker;
  private final PackLimits limits;

  public DirectScorer(PackWorker.Runner runner, PackLimits limits) {
    this.worker = new PackWorker(runner);
    this.limits = limits;
  }

  @Override
  public List<CompletableFuture<ChoiceScores>> submit(List<ScoreRequest> requests) {
    PackQueue queue = new PackQueue(limits);
    List<CompletableFuture<ChoiceScores>> futures = new ArrayList<>(requests.size());
    for (ScoreRequest request : requests) {
      CompletableFuture<ChoiceScores> future = new CompletableFuture<>();
      futures.add(future);
      queue.add(new PackQueue.Waiting(request, future));
    }
    for (List<PackQueue.Waiting> pack = queue.next(); !pack.isEmpty(); pack = queue.next()) {
      worker.work(pack);
    }
    return futures;
  }
}

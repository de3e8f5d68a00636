package io.bingoguard.score;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Scores requests on the calling thread, as soon as they are handed over. */
public final class DirectScorer implements RequestScorer {
  private final PackWorker worker;
  private final PackBudget budget;

  public DirectScorer(PackWorker.Runner runner, PackLimits limits) {
    this.budget = new PackBudget(limits);
    this.worker = new PackWorker(runner, budget, new EngineMetrics());
  }

  @Override
  public List<CompletableFuture<ChoiceScores>> submit(List<ScoreRequest> requests) {
    PackQueue queue = new PackQueue(budget);
    List<PackQueue.Waiting> waiting = requests.stream().map(PackQueue.Waiting::new).toList();
    waiting.forEach(queue::add);
    for (List<PackQueue.Waiting> pack = queue.next(); !pack.isEmpty(); pack = queue.next()) {
      worker.work(pack);
    }
    return waiting.stream().map(PackQueue.Waiting::scores).toList();
  }
}

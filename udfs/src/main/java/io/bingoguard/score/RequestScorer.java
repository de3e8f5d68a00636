package io.bingoguard.score;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Scores requests, together or one by one, at once or later. */
public interface RequestScorer {
  /**
   * Hands requests over.
   *
   * @return a future for each request in order; one that cannot be scored completes exceptionally
   *     without harm to the others
   */
  List<CompletableFuture<ChoiceScores>> submit(List<ScoreRequest> requests);
}

package io.bingoguard.score;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import java.util.List;

/**
 * The cascade: puts the prompt and the response task for every exchange, then the severity task
 * where it is wanted. Safe for use by several threads if the scorer is.
 */
public final class ExchangeJudge {
  private final RequestFactory requests;
  private final RequestScorer scorer;
  private final SeverityMode severity;
  private final EngineMetrics metrics;

  public ExchangeJudge(
      RequestFactory requests, RequestScorer scorer, SeverityMode severity, EngineMetrics metrics) {
    this.requests = requests;
    this.scorer = scorer;
    this.severity = severity;
    this.metrics = metrics;
  }

  /** Judges exchanges and waits for the labels, one an exchange in order. */
  public List<SafetyLabel> judge(List<Exchange> exchanges) throws InterruptedException {
    return start(exchanges).labels();
  }

  /**
   * Tokenizes exchanges and hands them to the scorer without waiting, so that the caller can
   * prepare the next window meanwhile.
   */
  public JudgingWindow start(List<Exchange> exchanges) {
    return new JudgingWindow(exchanges, requests, scorer, severity, metrics);
  }
}

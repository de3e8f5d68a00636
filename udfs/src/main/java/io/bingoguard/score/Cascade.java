package io.bingoguard.score;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.LongTexts;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.SeverityMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/**
 * Puts the prompt and the response task for every exchange, then the severity task where it is
 * wanted. Safe for use by several threads if the scorer is.
 */
public final class Cascade {
  private final RequestFactory requests;
  private final RequestScorer scorer;
  private final Options options;
  private final EngineMetrics metrics;

  /**
   * What is asked.
   *
   * @param severity which replies are asked for their severity
   * @param longTexts how texts are judged that do not fit into a request
   */
  public record Options(SeverityMode severity, LongTexts longTexts) {
    public Options {
      Objects.requireNonNull(severity, "severity");
      Objects.requireNonNull(longTexts, "longTexts");
    }

    /** Long texts lose their middle. */
    public static Options of(SeverityMode severity) {
      return new Options(severity, LongTexts.TRUNCATED);
    }
  }

  public Cascade(
      RequestFactory requests, RequestScorer scorer, Options options, EngineMetrics metrics) {
    this.requests = requests;
    this.scorer = scorer;
    this.options = options;
    this.metrics = metrics;
  }

  /** Judges exchanges and waits for the labels, one an exchange in order. */
  public List<SafetyLabel> judge(List<Exchange> exchanges) throws InterruptedException {
    return start(exchanges).labels();
  }

  /**
   * Tokenizes exchanges and hands them to the scorer without waiting, so that the caller can
   * prepare the next batch meanwhile.
   */
  public JudgingBatch start(List<Exchange> exchanges) {
    return new JudgingBatch(exchanges, requests, scorer, options, metrics);
  }

  /**
   * Grades replies within given categories, whatever the cascade would say of them.
   *
   * @param questions of the severity task
   * @return the severities in order; absent where the answer is off format
   * @throws io.bingoguard.guard.GuardException the first failure of a request
   */
  public List<Optional<Severity>> grade(List<Question> questions) throws InterruptedException {
    List<ScoreRequest> asked = questions.stream().map(requests::request).toList();
    List<CompletableFuture<ChoiceScores>> scores = scorer.submit(asked);
    List<Optional<Severity>> severities = new ArrayList<>();
    for (int i = 0; i < asked.size(); i++) {
      try {
        severities.add(
            new AnswerReader(asked.get(i).choices(), scores.get(i).get()).level().severity());
      } catch (ExecutionException e) {
        throw PassFailure.known(e.getCause());
      }
    }
    return severities;
  }
}

package io.bingoguard.score;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.guard.SlotText;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** Exchanges on their way to labels. Equal requests of the batch are scored once. */
public final class JudgingBatch {
  /** A request that was handed over, or the reason why it could not be made. */
  private record Asked(
      int exchange,
      Question question,
      Optional<ScoreRequest> request,
      Optional<GuardException> failure) {
    GuardTask task() {
      return question.task();
    }
  }

  private final List<Exchange> exchanges;
  private final RequestFactory requests;
  private final RequestScorer scorer;
  private final SeverityMode severityMode;
  private final EngineMetrics metrics;
  private final List<LabelAssembly> labels = new ArrayList<>();
  private final Map<ScoreRequest, CompletableFuture<ChoiceScores>> scores = new HashMap<>();
  private final List<Asked> binary = new ArrayList<>();

  JudgingBatch(
      List<Exchange> exchanges,
      RequestFactory requests,
      RequestScorer scorer,
      SeverityMode severityMode,
      EngineMetrics metrics) {
    this.exchanges = List.copyOf(exchanges);
    this.requests = requests;
    this.scorer = scorer;
    this.severityMode = requests.grades() ? severityMode : SeverityMode.OFF;
    this.metrics = metrics;
    long start = System.nanoTime();
    for (int i = 0; i < exchanges.size(); i++) {
      labels.add(new LabelAssembly());
      askBinary(i, GuardTask.PROMPT);
      askBinary(i, GuardTask.RESPONSE);
      if (exchanges.get(i).prompt().isEmpty() && exchanges.get(i).response().isEmpty()) {
        labels.get(i).outcome(TaskOutcome.empty(GuardTask.PROMPT));
      }
    }
    metrics.add(EngineCounter.TOKENIZE_NANOS, System.nanoTime() - start);
    submit(binary);
  }

  private void askBinary(int exchange, GuardTask task) {
    Optional<String> text = task.judged(exchanges.get(exchange));
    if (text.isPresent() && SlotText.isBlank(text.get())) {
      labels.get(exchange).outcome(TaskOutcome.empty(task));
    } else if (text.isPresent()) {
      binary.add(ask(exchange, Question.binary(task, exchanges.get(exchange))));
    }
  }

  private Asked ask(int exchange, Question question) {
    try {
      return new Asked(
          exchange, question, Optional.of(requests.request(question)), Optional.empty());
    } catch (RuntimeException e) {
      GuardException failure =
          e instanceof GuardException known ? known : ScoreErrors.requestNotMade(e);
      return new Asked(exchange, question, Optional.empty(), Optional.of(failure));
    }
  }

  private void submit(List<Asked> asked) {
    List<ScoreRequest> fresh = new ArrayList<>();
    for (Asked one : asked) {
      one.request()
          .filter(request -> !scores.containsKey(request))
          .ifPresent(
              request -> {
                scores.put(request, new CompletableFuture<>());
                fresh.add(request);
              });
    }
    List<CompletableFuture<ChoiceScores>> futures = scorer.submit(fresh);
    for (int i = 0; i < fresh.size(); i++) {
      scores.put(fresh.get(i), futures.get(i));
    }
  }

  /**
   * Waits for the scores, asks for severities and waits for those.
   *
   * @return one label an exchange, in order
   * @throws InterruptedException when the caller is to stop; requests not yet scored are dropped
   */
  public List<SafetyLabel> labels() throws InterruptedException {
    try {
      List<Asked> severity = new ArrayList<>();
      for (Asked one : binary) {
        await(one)
            .flatMap(scored -> readBinary(one, scored))
            .ifPresent(category -> severity.add(askSeverity(one.exchange(), category)));
      }
      submit(severity);
      for (Asked one : severity) {
        await(one).ifPresent(scored -> readSeverity(one, scored));
      }
    } catch (InterruptedException e) {
      cancel();
      throw e;
    }
    List<SafetyLabel> judged = labels.stream().map(LabelAssembly::label).toList();
    judged.forEach(label -> metrics.labelled(label.status()));
    return judged;
  }

  /** Drops what is not scored yet; nobody waits for it any more. */
  public void cancel() {
    scores.values().forEach(future -> future.cancel(false));
  }

  private Asked askSeverity(int exchange, Category category) {
    long start = System.nanoTime();
    Asked asked = ask(exchange, Question.severity(category, exchanges.get(exchange)));
    metrics.add(EngineCounter.TOKENIZE_NANOS, System.nanoTime() - start);
    return asked;
  }

  private Optional<ChoiceScores> await(Asked asked) throws InterruptedException {
    LabelAssembly label = labels.get(asked.exchange());
    if (asked.failure().isPresent()) {
      label.outcome(TaskOutcome.failed(asked.task(), asked.failure().get()));
      return Optional.empty();
    }
    try {
      return Optional.of(scores.get(asked.request().orElseThrow()).get());
    } catch (ExecutionException e) {
      if (e.getCause() instanceof EngineStoppedException stopped) {
        throw stopped;
      }
      label.outcome(TaskOutcome.failed(asked.task(), PassFailure.known(e.getCause())));
      return Optional.empty();
    }
  }

  /** Reads a binary task's scores; returns the category whose severity is to be asked, if any. */
  private Optional<Category> readBinary(Asked asked, ChoiceScores scored) {
    ScoreRequest request = asked.request().orElseThrow();
    LabelAssembly label = labels.get(asked.exchange());
    AnswerReader.Binary read = new AnswerReader(request.choices(), scored).binary();
    label.scored(request, read.formatConfidence());
    judged(asked, read.offFormat());
    if (asked.task() == GuardTask.PROMPT) {
      label.prompt(read.verdict());
      return Optional.empty();
    }
    label.response(read.verdict());
    if (severityMode == SeverityMode.OFF || read.verdict().isEmpty()) {
      return Optional.empty();
    }
    if (!read.verdict().get().harmful() && severityMode == SeverityMode.FLAGGED) {
      label.severity(Severity.BENIGN);
      return Optional.empty();
    }
    return read.likeliestCategory();
  }

  private void readSeverity(Asked asked, ChoiceScores scored) {
    ScoreRequest request = asked.request().orElseThrow();
    LabelAssembly label = labels.get(asked.exchange());
    AnswerReader.Level read = new AnswerReader(request.choices(), scored).level();
    label.scored(request, read.formatConfidence());
    judged(asked, read.severity().isEmpty());
    read.severity().ifPresent(label::severity);
  }

  private void judged(Asked asked, boolean offFormat) {
    LabelAssembly label = labels.get(asked.exchange());
    LeftOut leftOut = asked.request().orElseThrow().leftOut();
    if (offFormat) {
      label.outcome(TaskOutcome.offFormat(asked.task()));
    }
    if (asked.task() == GuardTask.PROMPT ? leftOut.prompt() > 0 : leftOut.response() > 0) {
      label.outcome(TaskOutcome.truncated(asked.task(), requests.maxTokens()));
    } else if (leftOut.any()) {
      label.outcome(TaskOutcome.contextCut(asked.task(), requests.maxTokens()));
    }
  }
}

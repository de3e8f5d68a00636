package io.bingoguard.score;

import io.bingoguard.guard.Category;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.LongText;
import io.bingoguard.guard.LongTexts;
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
  /**
   * A request that was handed over, or the reason why it could not be made.
   *
   * @param window number of the window of the text that it judges
   */
  private record Asked(
      int exchange,
      int window,
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
  private final LongTexts longTexts;
  private final QuestionWindows windows;
  private final EngineMetrics metrics;
  private final List<LabelAssembly> labels = new ArrayList<>();
  private final Map<ScoreRequest, CompletableFuture<ChoiceScores>> scores = new HashMap<>();
  private final List<Asked> binary = new ArrayList<>();

  JudgingBatch(
      List<Exchange> exchanges,
      RequestFactory requests,
      RequestScorer scorer,
      Cascade.Options options,
      EngineMetrics metrics) {
    this.exchanges = List.copyOf(exchanges);
    this.requests = requests;
    this.scorer = scorer;
    this.severityMode = requests.grades() ? options.severity() : SeverityMode.OFF;
    this.longTexts = options.longTexts();
    this.windows = new QuestionWindows(requests, longTexts);
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
      binary.addAll(ask(exchange, Question.binary(task, exchanges.get(exchange))));
    }
  }

  /** The requests of a binary question: one, or one for each window where the texts do not fit. */
  private List<Asked> ask(int exchange, Question question) {
    LabelAssembly label = labels.get(exchange);
    WindowVerdicts verdicts = label.windows(question.task());
    Asked whole = ask(exchange, verdicts.count(), question);
    if (fits(whole)) {
      verdicts.add(Optional.empty());
      return List.of(whole);
    }
    List<Asked> asked = new ArrayList<>();
    for (QuestionWindows.Part part : parts(label, question)) {
      asked.add(ask(exchange, verdicts.add(part.span()), part.question()));
    }
    return asked;
  }

  /** The requests by which a window of a reply is graded. */
  private List<Asked> askSeverity(Asked judged, Category category) {
    long start = System.nanoTime();
    Question question = Question.severity(category, judged.question().exchange());
    Asked whole = ask(judged.exchange(), judged.window(), question);
    List<Asked> asked =
        fits(whole)
            ? List.of(whole)
            : parts(labels.get(judged.exchange()), question).stream()
                .map(part -> ask(judged.exchange(), judged.window(), part.question()))
                .toList();
    metrics.add(EngineCounter.TOKENIZE_NANOS, System.nanoTime() - start);
    return asked;
  }

  /**
   * Whether a request is put as it is; one that could not be made is told when it is waited for.
   */
  private boolean fits(Asked asked) {
    return longTexts.mode() == LongText.TRUNCATE
        || asked.request().isEmpty()
        || !asked.request().get().leftOut().any();
  }

  /** The windows of a question whose texts do not fit; none where they are not to be judged. */
  private List<QuestionWindows.Part> parts(LabelAssembly label, Question question) {
    GuardTask task = question.task();
    if (longTexts.mode() == LongText.SKIP) {
      label.outcome(TaskOutcome.tooLong(task, requests.maxTokens()));
      return List.of();
    }
    QuestionWindows.Parts parts =
        windows.of(question, requests.room(task, severityMode != SeverityMode.OFF));
    label.contextCut(parts.contextCut());
    if (parts.leftOut() > 0) {
      label.leftOut(
          task == GuardTask.PROMPT
              ? new LeftOut(parts.leftOut(), 0)
              : new LeftOut(0, parts.leftOut()));
      label.outcome(TaskOutcome.windowsExceeded(task, longTexts.mostWindows()));
    }
    return parts.parts();
  }

  private Asked ask(int exchange, int window, Question question) {
    try {
      return new Asked(
          exchange, window, question, Optional.of(requests.request(question)), Optional.empty());
    } catch (RuntimeException e) {
      GuardException failure =
          e instanceof GuardException known ? known : ScoreErrors.requestNotMade(e);
      return new Asked(exchange, window, question, Optional.empty(), Optional.of(failure));
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
            .ifPresent(category -> severity.addAll(askSeverity(one, category)));
      }
      submit(severity);
      for (Asked one : severity) {
        await(one)
            .ifPresentOrElse(
                scored -> readSeverity(one, scored),
                () -> labels.get(one.exchange()).windows(one.task()).ungraded());
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
    label.windows(asked.task()).verdict(asked.window(), read.verdict());
    if (asked.task() == GuardTask.PROMPT) {
      return Optional.empty();
    }
    if (severityMode == SeverityMode.OFF || read.verdict().isEmpty()) {
      return Optional.empty();
    }
    if (!read.verdict().get().harmful() && severityMode == SeverityMode.FLAGGED) {
      label.windows(asked.task()).severity(asked.window(), Severity.BENIGN);
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
    WindowVerdicts windows = label.windows(asked.task());
    read.severity()
        .ifPresentOrElse(level -> windows.severity(asked.window(), level), windows::ungraded);
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

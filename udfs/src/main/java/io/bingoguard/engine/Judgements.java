package io.bingoguard.engine;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.score.Cascade;
import io.bingoguard.score.JudgingBatch;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Function;

/**
 * Subjects with their labels, in order, batch by batch. Closing drops what is not scored yet.
 *
 * @param <T> what the exchanges are taken from
 */
public final class Judgements<T> implements Iterator<Judgements.Judged<T>>, AutoCloseable {
  /** A batch closes early at this many characters, so that huge texts do not pile up. */
  private static final long BATCH_CHARACTERS = 4_000_000;

  /**
   * A subject and its label.
   *
   * @param label absent for a subject that was not to be judged
   */
  public record Judged<T>(T subject, Optional<SafetyLabel> label) {}

  private record Batch<T>(List<T> subjects, List<Boolean> toBeJudged, JudgingBatch judging) {}

  private final Iterator<T> subjects;
  private final Function<? super T, Optional<Exchange>> exchange;
  private final Cascade cascade;
  private final EngineSettings settings;
  private final Deque<Batch<T>> inFlight = new ArrayDeque<>();
  private Iterator<Judged<T>> ready = List.<Judged<T>>of().iterator();

  Judgements(
      Iterator<T> subjects,
      Function<? super T, Optional<Exchange>> exchange,
      Cascade cascade,
      EngineSettings settings) {
    this.subjects = subjects;
    this.exchange = exchange;
    this.cascade = cascade;
    this.settings = settings;
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext()) {
      while (inFlight.size() < settings.batchesInFlight() && subjects.hasNext()) {
        inFlight.add(start());
      }
      if (inFlight.isEmpty()) {
        return false;
      }
      // It stays in flight until it is judged, so that closing drops it.
      ready = finish(inFlight.peek()).iterator();
      inFlight.remove();
    }
    return true;
  }

  @Override
  public Judged<T> next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private Batch<T> start() {
    List<T> batch = new ArrayList<>();
    List<Boolean> toBeJudged = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    long characters = 0;
    while (batch.size() < settings.batchExchanges()
        && characters < BATCH_CHARACTERS
        && subjects.hasNext()) {
      T subject = subjects.next();
      Optional<Exchange> texts = exchange.apply(subject);
      batch.add(subject);
      toBeJudged.add(texts.isPresent());
      texts.ifPresent(exchanges::add);
      characters += texts.map(Judgements::characters).orElse(0L);
    }
    return new Batch<>(batch, toBeJudged, cascade.start(exchanges));
  }

  private static long characters(Exchange exchange) {
    return exchange.prompt().map(String::length).orElse(0)
        + (long) exchange.response().map(String::length).orElse(0);
  }

  private List<Judged<T>> finish(Batch<T> batch) {
    Iterator<SafetyLabel> labels;
    try {
      labels = batch.judging().labels().iterator();
    } catch (InterruptedException e) {
      throw Judge.interrupted(e);
    }
    List<Judged<T>> judged = new ArrayList<>(batch.subjects().size());
    for (int i = 0; i < batch.subjects().size(); i++) {
      judged.add(
          new Judged<>(
              batch.subjects().get(i),
              batch.toBeJudged().get(i) ? Optional.of(labels.next()) : Optional.empty()));
    }
    return judged;
  }

  @Override
  public void close() {
    inFlight.forEach(batch -> batch.judging().cancel());
  }
}

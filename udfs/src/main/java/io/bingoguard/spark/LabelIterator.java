package io.bingoguard.spark;

import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.score.EngineStoppedException;
import io.bingoguard.score.ExchangeJudge;
import io.bingoguard.score.JudgingWindow;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.sql.Row;

/**
 * Labels rows window by window. Some windows are always ahead, so that the device has work while
 * this thread reads and tokenizes.
 */
final class LabelIterator implements Iterator<Row> {
  /** A window closes early at this many characters, so that huge texts do not pile up. */
  private static final long WINDOW_CHARACTERS = 4_000_000;

  /** Rows with the exchanges of those that are to be judged. */
  private record Window(List<Row> rows, JudgingWindow judging) {}

  private final Iterator<Row> rows;
  private final ExchangeJudge judge;
  private final LabelRows labelRows;
  private final int windowExchanges;
  private final int windowsInFlight;
  private final Deque<Window> inFlight = new ArrayDeque<>();
  private Iterator<Row> ready = List.<Row>of().iterator();

  LabelIterator(
      Iterator<Row> rows, ExchangeJudge judge, LabelRows labelRows, EngineSettings settings) {
    this.rows = rows;
    this.judge = judge;
    this.labelRows = labelRows;
    this.windowExchanges = settings.windowExchanges();
    this.windowsInFlight = settings.windowsInFlight();
  }

  @Override
  public boolean hasNext() {
    while (!ready.hasNext()) {
      while (inFlight.size() < windowsInFlight && rows.hasNext()) {
        inFlight.add(startWindow());
      }
      if (inFlight.isEmpty()) {
        return false;
      }
      ready = finish(inFlight.peek()).iterator();
      inFlight.remove();
    }
    return true;
  }

  @Override
  public Row next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return ready.next();
  }

  private Window startWindow() {
    List<Row> window = new ArrayList<>();
    List<Exchange> exchanges = new ArrayList<>();
    long characters = 0;
    while (window.size() < windowExchanges && characters < WINDOW_CHARACTERS && rows.hasNext()) {
      Row row = rows.next();
      window.add(row);
      if (LabelRows.toBeJudged(row)) {
        Exchange exchange = LabelRows.exchange(row);
        exchanges.add(exchange);
        characters += exchange.prompt().map(String::length).orElse(0);
        characters += exchange.response().map(String::length).orElse(0);
      }
    }
    return new Window(window, judge.start(exchanges));
  }

  private List<Row> finish(Window window) {
    List<SafetyLabel> judged;
    try {
      judged = window.judging().labels();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new EngineStoppedException("the task was interrupted", e);
    }
    List<Row> labelled = new ArrayList<>(window.rows().size());
    Iterator<SafetyLabel> labels = judged.iterator();
    for (Row row : window.rows()) {
      labelled.add(
          LabelRows.toBeJudged(row)
              ? labelRows.labelled(row, labels.next())
              : labelRows.notJudged(row));
    }
    return labelled;
  }

  /** Drops what is not scored yet. */
  void cancel() {
    inFlight.forEach(window -> window.judging().cancel());
  }
}

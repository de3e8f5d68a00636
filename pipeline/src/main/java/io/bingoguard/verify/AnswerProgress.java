package io.bingoguard.verify;

import io.bingoguard.progress.ProgressCounts;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.progress.ProgressMeter;
import io.bingoguard.progress.ProgressReporter;
import io.bingoguard.progress.ProgressWords;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** Shows how many questions are answered while a model answers them. */
public final class AnswerProgress {
  private static final ProgressWords WORDS =
      new ProgressWords("answered", "question", "questions", "questions");

  private final ProgressDisplay display;
  private final AtomicLong answered = new AtomicLong();

  public AnswerProgress(ProgressDisplay display) {
    this.display = Objects.requireNonNull(display, "display");
  }

  /** Counts questions that a pass has answered. */
  public void answered(int count) {
    answered.addAndGet(count);
  }

  /** How many questions are answered. */
  long answered() {
    return answered.get();
  }

  /** Goes on after questions that a way of asking has no answer to. */
  void answeredAll(long count) {
    answered.set(count);
  }

  /** Lets questions be answered, as many as are told, and shows how far that is. */
  public <T> T during(long questions, Supplier<T> answering) {
    answered.set(0);
    ProgressMeter meter =
        new ProgressMeter(WORDS, OptionalLong.of(questions), System::nanoTime, display.terminal());
    ProgressReporter reporter =
        ProgressReporter.start(
            display, () -> meter.line(new ProgressCounts(answered.get(), answered.get())));
    try {
      return answering.get();
    } finally {
      reporter.finish();
    }
  }
}

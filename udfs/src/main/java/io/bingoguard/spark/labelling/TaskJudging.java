package io.bingoguard.spark.labelling;

import io.bingoguard.engine.GuardEngine;
import io.bingoguard.engine.Judgements;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.spark.devices.ExecutorPlace;
import io.bingoguard.spark.devices.GuardEngines;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.TaskContext;
import org.apache.spark.util.TaskCompletionListener;

/** Judges what a task reads on the engine of its executor, until the task ends. */
public final class TaskJudging {
  private TaskJudging() {}

  /**
   * Judges lazily and in order; some batches are always ahead.
   *
   * @param subjects what the exchanges are taken from, at least one
   * @param exchange the exchange of a subject; absent for one that is not to be judged
   * @param labelled what comes of a subject and its label
   * @param ended told when the task ends; never told outside of a task
   */
  public static <T, R> Iterator<R> judge(
      LabellingOptions options,
      Iterator<T> subjects,
      Function<? super T, Optional<Exchange>> exchange,
      BiFunction<? super T, Optional<SafetyLabel>, R> labelled,
      Consumer<GuardEngine> ended) {
    GuardEngine engine = GuardEngines.shared(options.model(), options.settings());
    Judgements<T> judged =
        engine.judge(options.severity(), options.texts().longTexts()).judge(subjects, exchange);
    TaskContext task = TaskContext.get();
    if (task != null) {
      engine.taskBegan(ExecutorPlace.taskGpus());
      task.addTaskCompletionListener(
          (TaskCompletionListener)
              context -> {
                judged.close();
                engine.taskEnded();
                ended.accept(engine);
              });
    }
    return mapped(judged, each -> labelled.apply(each.subject(), each.label()));
  }

  /** An iterator over what a function makes of the values of another. */
  public static <T, R> Iterator<R> mapped(Iterator<T> values, Function<T, R> function) {
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return values.hasNext();
      }

      @Override
      public R next() {
        return function.apply(values.next());
      }
    };
  }
}

package io.bingoguard.label;

import io.bingoguard.guard.GuardException;
import java.util.Optional;
import org.apache.spark.ExceptionFailure;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Remembers why tasks failed. When an executor ends, Spark gives its end as the reason of a failed
 * run; the task that failed before knows why it ended.
 */
final class FailureListener extends SparkListener {
  private Optional<GuardException> latest = Optional.empty();

  /** The latest failure of a task that has a code. */
  synchronized Optional<GuardException> latest() {
    return latest;
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    if (end.reason() instanceof ExceptionFailure failure && failure.exception().isDefined()) {
      GuardException.in(failure.exception().get()).ifPresent(known -> latest = Optional.of(known));
    }
  }
}

package io.bingoguard.label;

import java.util.ConcurrentModificationException;
import org.apache.spark.SparkThrowable;

/** Tells by a failure that another run writes into the same output at the same time. */
final class OtherRun {
  /** Spark's, when two streams put down the same micro-batch. */
  private static final String LOG_UPDATED = "CONCURRENT_STREAM_LOG_UPDATE";

  private OtherRun() {}

  static boolean causedBy(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      boolean stream =
          cause instanceof SparkThrowable spark && LOG_UPDATED.equals(spark.getErrorClass());
      // Spark and Delta have subclasses for it; Java's own class also stands for faults in code.
      boolean commit =
          cause instanceof ConcurrentModificationException
              && cause.getClass() != ConcurrentModificationException.class;
      if (stream || commit) {
        return true;
      }
    }
    return false;
  }
}

package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.net.URI;
import java.util.Collections;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.rdd.InputFileBlockHolder;
import org.apache.spark.sql.Row;

/**
 * Does something with every row of files. When a row cannot be read, the error names the file,
 * which Spark's own often does not; only the task knows where it is.
 *
 * @param each what to do with a row
 */
record FileReading<T>(FlatMapFunction<Row, T> each) implements MapPartitionsFunction<Row, T> {
  @Override
  public Iterator<T> call(Iterator<Row> rows) {
    return new Results<>(rows, each);
  }

  private static final class Results<T> implements Iterator<T> {
    private final Iterator<Row> rows;
    private final FlatMapFunction<Row, T> each;
    private Iterator<T> ready = Collections.emptyIterator();

    private Results(Iterator<Row> rows, FlatMapFunction<Row, T> each) {
      this.rows = rows;
      this.each = each;
    }

    @Override
    public boolean hasNext() {
      while (!ready.hasNext()) {
        Row row;
        try {
          if (!rows.hasNext()) {
            return false;
          }
          row = rows.next();
        } catch (Exception unreadable) {
          // Spark throws checked exceptions that it does not declare.
          throw named(unreadable);
        }
        try {
          ready = each.call(row);
        } catch (RuntimeException failed) {
          throw failed;
        } catch (Exception failed) {
          throw new IllegalStateException(failed);
        }
      }
      return true;
    }

    @Override
    public T next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return ready.next();
    }

    private static RuntimeException named(Exception failure) {
      String file = InputFileBlockHolder.getInputFilePath().toString();
      boolean stopped = failure instanceof TaskKilledException || TaskContext.get().isInterrupted();
      if (stopped || file.isEmpty() || GuardException.in(failure).isPresent()) {
        return failure instanceof RuntimeException known
            ? known
            : new IllegalStateException(failure);
      }
      return SourceErrors.fileUnreadable(new Path(URI.create(file)).toString(), failure);
    }
  }
}

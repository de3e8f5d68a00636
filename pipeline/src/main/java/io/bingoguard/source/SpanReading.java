package io.bingoguard.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads files by readers of our own, in the order in which they are given. Small files share a
 * task, as with Spark's readers.
 *
 * @param hadoop tells executors how files are reached
 * @param reader reads a stretch of a file
 */
record SpanReading(Broadcast<SerializableConfiguration> hadoop, Reader reader)
    implements FlatMapFunction<ArrayList<FileSpan>, Row> {
  /** Reads files on executors. */
  interface Reader extends Serializable {
    OpenSpan open(Configuration hadoop, FileSpan span) throws IOException;
  }

  /** The rows of a stretch that come next. */
  interface OpenSpan extends Closeable {
    Optional<Row> next() throws IOException;
  }

  /**
   * The rows of some stretches of files.
   *
   * @param type type of the rows
   */
  static Dataset<Row> rows(
      SparkSession session, List<FileSpan> spans, Reader reader, StructType type) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    SerializableConfiguration hadoop =
        new SerializableConfiguration(session.sessionState().newHadoopConf());
    List<ArrayList<FileSpan>> tasks = tasks(session, spans);
    JavaRDD<Row> rows =
        context
            .parallelize(tasks, Math.max(1, tasks.size()))
            .flatMap(new SpanReading(context.broadcast(hadoop), reader));
    return session.createDataset(rows.rdd(), Encoders.row(type));
  }

  /** Spark's own rule for the size of a task, kept to the order of the stretches. */
  private static List<ArrayList<FileSpan>> tasks(SparkSession session, List<FileSpan> spans) {
    SQLConf conf = session.sessionState().conf();
    long opening = conf.filesOpenCostInBytes();
    long all = spans.stream().mapToLong(span -> span.length() + opening).sum();
    long share = all / session.sparkContext().defaultParallelism();
    long most = Math.min(conf.filesMaxPartitionBytes(), Math.max(opening, share));
    List<ArrayList<FileSpan>> tasks = new ArrayList<>();
    long filled = 0;
    for (FileSpan span : spans) {
      if (tasks.isEmpty() || filled + span.length() > most) {
        tasks.add(new ArrayList<>());
        filled = 0;
      }
      tasks.get(tasks.size() - 1).add(span);
      filled += span.length() + opening;
    }
    return tasks;
  }

  @Override
  public Iterator<Row> call(ArrayList<FileSpan> spans) {
    Rows rows = new Rows(spans.iterator(), hadoop.value().value(), reader);
    // Whoever takes only some rows does not come to the end.
    TaskContext.get().addTaskCompletionListener((TaskCompletionListener) context -> rows.close());
    return rows;
  }

  private static final class Rows implements Iterator<Row> {
    private final Iterator<FileSpan> spans;
    private final Configuration hadoop;
    private final Reader reader;
    private Optional<OpenSpan> open = Optional.empty();
    private String path = "";
    private Optional<Row> next = Optional.empty();

    private Rows(Iterator<FileSpan> spans, Configuration hadoop, Reader reader) {
      this.spans = spans;
      this.hadoop = hadoop;
      this.reader = reader;
    }

    @Override
    public boolean hasNext() {
      try {
        while (next.isEmpty() && (open.isPresent() || spans.hasNext())) {
          if (open.isEmpty()) {
            FileSpan span = spans.next();
            path = span.path();
            open = Optional.of(reader.open(hadoop, span));
          }
          next = open.get().next();
          if (next.isEmpty()) {
            close();
          }
        }
      } catch (IOException unreadable) {
        throw SourceErrors.fileUnreadable(path, unreadable);
      }
      return next.isPresent();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      Row row = next.orElseThrow();
      next = Optional.empty();
      return row;
    }

    private void close() {
      Optional<OpenSpan> closing = open;
      open = Optional.empty();
      try {
        if (closing.isPresent()) {
          closing.get().close();
        }
      } catch (IOException unreadable) {
        throw SourceErrors.fileUnreadable(path, unreadable);
      }
    }
  }
}

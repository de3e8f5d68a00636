package io.bingoguard.source;

import java.io.Closeable;
import java.io.IOException;
import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Files that are read from start to end by readers of our own, each by one task.
 *
 * @param hadoop tells executors how files are reached
 * @param reader reads a file
 */
record WholeFiles(Broadcast<SerializableConfiguration> hadoop, Reader reader)
    implements FlatMapFunction<String, Row> {
  private static final int MOST_PARTITIONS = 10_000;

  /** Reads files on executors. */
  interface Reader extends Serializable {
    OpenFile open(Configuration hadoop, Path file) throws IOException;
  }

  /** The rows of a file that come next. */
  interface OpenFile extends Closeable {
    Optional<Row> next() throws IOException;
  }

  /**
   * The rows of some files.
   *
   * @param files paths of the files
   * @param type type of the rows
   */
  static Dataset<Row> rows(
      SparkSession session, List<String> files, Reader reader, StructType type) {
    Broadcast<SerializableConfiguration> hadoop =
        JavaSparkContext.fromSparkContext(session.sparkContext())
            .broadcast(new SerializableConfiguration(session.sessionState().newHadoopConf()));
    return session
        .createDataset(files, Encoders.STRING())
        .repartition(Math.min(files.size(), MOST_PARTITIONS))
        .flatMap(new WholeFiles(hadoop, reader), Encoders.row(type));
  }

  @Override
  public Iterator<Row> call(String file) {
    try {
      OpenFile open = reader.open(hadoop.value().value(), new Path(file));
      // Whoever takes only some rows does not come to the end.
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> close(open, file));
      return new Rows(open, file);
    } catch (IOException unreadable) {
      throw SourceErrors.fileUnreadable(file, unreadable);
    }
  }

  private static void close(OpenFile open, String file) {
    try {
      open.close();
    } catch (IOException unreadable) {
      throw SourceErrors.fileUnreadable(file, unreadable);
    }
  }

  private static final class Rows implements Iterator<Row> {
    private final OpenFile open;
    private final String file;
    private Optional<Row> next;

    private Rows(OpenFile open, String file) {
      this.open = open;
      this.file = file;
      this.next = read();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Row next() {
      Row row = next.orElseThrow(NoSuchElementException::new);
      next = read();
      return row;
    }

    private Optional<Row> read() {
      try {
        return open.next();
      } catch (IOException unreadable) {
        throw SourceErrors.fileUnreadable(file, unreadable);
      }
    }
  }
}

package io.bingoguard.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the lines of text as rows of {@link #ROWS}. A line ends at a line feed; it belongs to the
 * stretch in which it begins. Spark's own reader does not tell which line of its file a row is, and
 * has Hadoop look for the codec of zst, which knows only the jars that Spark was started with.
 */
record LinesReader() implements SpanReading.Reader {
  /** A line as bytes, since not all are UTF-8, without its line feed; and where it stands. */
  static final StructType ROWS =
      new StructType()
          .add("value", DataTypes.BinaryType)
          .add("file", DataTypes.StringType)
          .add("row", DataTypes.LongType);

  private static final byte[] LINE_FEED = "\n".getBytes(StandardCharsets.UTF_8);

  @Override
  public SpanReading.OpenSpan open(Configuration hadoop, FileSpan span) throws IOException {
    Path file = new Path(span.path());
    FileSystem system = ColonNames.withoutChecksums(file.getFileSystem(hadoop));
    InputStream text = TextCodecs.open(system, file);
    Lines lines =
        new Lines(new LineReader(text, LINE_FEED), file.toUri().toString(), span.firstRow());
    if (!(text instanceof FSDataInputStream plain)) {
      // Packed text has no bytes that could be counted to.
      lines.left = Long.MAX_VALUE;
      return lines;
    }
    lines.left = span.length();
    if (span.start() > 0) {
      try {
        // The line that holds the byte before belongs to the stretch before.
        plain.seek(span.start() - 1);
        lines.left -= lines.reader.readLine(new Text()) - 1;
      } catch (IOException unreadable) {
        lines.close();
        throw unreadable;
      }
    }
    return lines;
  }

  private static final class Lines implements SpanReading.OpenSpan {
    private final LineReader reader;
    private final String file;
    private long row;
    private long left;

    private Lines(LineReader reader, String file, long firstRow) {
      this.reader = reader;
      this.file = file;
      this.row = firstRow;
    }

    @Override
    public Optional<Row> next() throws IOException {
      if (left <= 0) {
        return Optional.empty();
      }
      Text line = new Text();
      int bytes = reader.readLine(line);
      left -= bytes;
      return bytes > 0
          ? Optional.of(RowFactory.create(line.copyBytes(), file, row++))
          : Optional.empty();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}

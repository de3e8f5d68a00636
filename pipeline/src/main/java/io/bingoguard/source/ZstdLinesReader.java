package io.bingoguard.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Reads the lines of files packed as zst, as rows of {@link #ROWS}. Spark's own reader would have
 * Hadoop look for the codec, and Hadoop knows only the jars that Spark was started with, not those
 * of an application.
 */
record ZstdLinesReader() implements WholeFiles.Reader {
  /** A line without its line feed, and the path of its file, encoded as a URI. */
  static final StructType ROWS =
      new StructType().add("value", DataTypes.BinaryType).add("path", DataTypes.StringType);

  private static final byte[] LINE_FEED = "\n".getBytes(StandardCharsets.UTF_8);

  @Override
  public WholeFiles.OpenFile open(Configuration hadoop, Path file) throws IOException {
    return new Lines(
        new LineReader(TextCodecs.open(hadoop, file), LINE_FEED), file.toUri().toString());
  }

  private record Lines(LineReader reader, String path) implements WholeFiles.OpenFile {
    @Override
    public Optional<Row> next() throws IOException {
      Text line = new Text();
      return reader.readLine(line) > 0
          ? Optional.of(RowFactory.create(line.copyBytes(), path))
          : Optional.empty();
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }
}

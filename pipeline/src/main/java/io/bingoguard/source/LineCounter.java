package io.bingoguard.source;

import java.io.IOException;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** Counts the lines of each stretch of text: one row of {@link #ROWS}. */
record LineCounter() implements SpanReading.Reader {
  static final StructType ROWS = new StructType().add("lines", DataTypes.LongType);

  @Override
  public SpanReading.OpenSpan open(Configuration hadoop, FileSpan span) throws IOException {
    return new Count(new LinesReader().open(hadoop, span));
  }

  private static final class Count implements SpanReading.OpenSpan {
    private final SpanReading.OpenSpan lines;
    private boolean told;

    private Count(SpanReading.OpenSpan lines) {
      this.lines = lines;
    }

    @Override
    public Optional<Row> next() throws IOException {
      if (told) {
        return Optional.empty();
      }
      long count = 0;
      while (lines.next().isPresent()) {
        count++;
      }
      told = true;
      return Optional.of(RowFactory.create(count));
    }

    @Override
    public void close() throws IOException {
      lines.close();
    }
  }
}

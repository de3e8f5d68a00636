package io.bingoguard.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;

/** The first records of a file of JSON Lines, read without Spark. */
final class LinesHead {
  private LinesHead() {}

  /**
   * Reads lines by the reader that executors use.
   *
   * @param most lines at most, blank ones included
   */
  static List<CorpusRecord> read(Configuration hadoop, Path file, int most) throws IOException {
    RecordParser parser = new JsonLineParser(ColumnPath.beginnings(List.of()));
    List<CorpusRecord> records = new ArrayList<>();
    FileSpan all = new FileSpan(file.toString(), 0, Long.MAX_VALUE, 0);
    try (SpanReading.OpenSpan lines = new LinesReader().open(hadoop, all)) {
      for (int read = 0; read < most; read++) {
        Optional<Row> line = lines.next();
        if (line.isEmpty()) {
          break;
        }
        parser.parse(line.get()).ifPresent(records::add);
      }
    }
    return records;
  }
}

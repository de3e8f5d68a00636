package io.bingoguard.source;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.util.LineReader;
import org.apache.spark.sql.RowFactory;

/** The first records of a file of JSON Lines, read without Spark. */
final class LinesHead {
  private static final byte[] LINE_FEED = "\n".getBytes(StandardCharsets.UTF_8);

  private LinesHead() {}

  /**
   * Reads lines as Spark would.
   *
   * @param most lines at most, blank ones included
   */
  static List<CorpusRecord> read(Configuration hadoop, Path file, int most) throws IOException {
    RecordParser parser = new JsonLineParser(ColumnPath.beginnings(List.of()));
    List<CorpusRecord> records = new ArrayList<>();
    try (LineReader lines = new LineReader(TextCodecs.open(hadoop, file), LINE_FEED)) {
      Text line = new Text();
      for (int read = 0; read < most && lines.readLine(line) > 0; read++) {
        Optional<CorpusRecord> record = parser.parse(RowFactory.create((Object) line.copyBytes()));
        record.ifPresent(records::add);
      }
    }
    return records;
  }
}

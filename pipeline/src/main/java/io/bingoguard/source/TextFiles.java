package io.bingoguard.source;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Files of lines. Large ones that are not packed are read by several tasks; so that each task knows
 * the numbers of its lines, the lines of the stretches before are counted first, once.
 */
final class TextFiles {
  private final SparkSession session;
  private final Map<DataFile, List<FileSpan>> counted = new LinkedHashMap<>();

  TextFiles(SparkSession session) {
    this.session = session;
  }

  /** All lines of some files, as rows of {@link LinesReader#ROWS}. */
  Dataset<Row> lines(List<DataFile> files) {
    return read(files.stream().flatMap(file -> spans(files, file).stream()).toList());
  }

  /** The lines at the beginnings of some files, without reading the rest of them. */
  Dataset<Row> firstLines(List<DataFile> files) {
    return read(files.stream().map(file -> pieces(file).get(0)).toList());
  }

  private Dataset<Row> read(List<FileSpan> spans) {
    return SpanReading.rows(session, spans, new LinesReader(), LinesReader.ROWS);
  }

  private synchronized List<FileSpan> spans(List<DataFile> files, DataFile file) {
    List<FileSpan> pieces = pieces(file);
    if (pieces.size() == 1) {
      return pieces;
    }
    if (!counted.containsKey(file)) {
      // All at once, since each job takes as long as its last task.
      count(files.stream().filter(each -> pieces(each).size() > 1).toList());
    }
    return counted.get(file);
  }

  private void count(List<DataFile> files) {
    List<FileSpan> pieces = files.stream().flatMap(file -> pieces(file).stream()).toList();
    List<Row> lines =
        SpanReading.rows(session, pieces, new LineCounter(), LineCounter.ROWS).collectAsList();
    int next = 0;
    for (DataFile file : files) {
      List<FileSpan> numbered = new ArrayList<>();
      long before = 0;
      for (FileSpan piece : pieces(file)) {
        numbered.add(new FileSpan(piece.path(), piece.start(), piece.length(), before));
        before += lines.get(next++).getLong(0);
      }
      counted.put(file, numbered);
    }
  }

  private List<FileSpan> pieces(DataFile file) {
    long most = session.sessionState().conf().filesMaxPartitionBytes();
    if (file.length() <= most || TextCodecs.packed(session.sessionState().newHadoopConf(), file)) {
      return List.of(FileSpan.whole(file));
    }
    List<FileSpan> pieces = new ArrayList<>();
    for (long start = 0; start < file.length(); start += most) {
      pieces.add(new FileSpan(file.path(), start, Math.min(most, file.length() - start), 0));
    }
    return pieces;
  }
}

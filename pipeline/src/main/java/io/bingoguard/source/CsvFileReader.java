package io.bingoguard.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Reads CSV files as rows of {@link CsvSource#schema}.
 *
 * @param dialect dialect of the files
 * @param wanted names of the columns to read
 */
record CsvFileReader(CsvDialect dialect, List<String> wanted) implements SpanReading.Reader {
  @Override
  public SpanReading.OpenSpan open(Configuration hadoop, FileSpan span) throws IOException {
    Path file = new Path(span.path());
    CsvRecords records = CsvSource.records(hadoop, file, dialect);
    try {
      StructType header = CsvSource.header(file, records);
      int[] places = wanted.stream().mapToInt(name -> place(header, name)).toArray();
      if (!header.isEmpty() && !wanted.isEmpty() && Arrays.stream(places).allMatch(at -> at < 0)) {
        throw SourceErrors.csvColumnsMissing(
            file.toString(), wanted, Arrays.asList(header.fieldNames()));
      }
      return new Records(records, header.size(), places, file.toUri().toString());
    } catch (IOException | RuntimeException unreadable) {
      records.close();
      throw unreadable;
    }
  }

  /** Where a file has a column; -1 if it has none of the name. */
  private static int place(StructType header, String name) {
    return CorpusColumns.field(header, name)
        .map(field -> header.fieldIndex(field.name()))
        .orElse(-1);
  }

  private static final class Records implements SpanReading.OpenSpan {
    private final CsvRecords records;
    private final int columns;
    private final int[] places;
    private final String path;
    private long row;

    private Records(CsvRecords records, int columns, int[] places, String path) {
      this.records = records;
      this.columns = columns;
      this.places = places;
      this.path = path;
    }

    @Override
    public Optional<Row> next() throws IOException {
      return records.next().map(this::row);
    }

    private Row row(CsvRecord record) {
      Object[] values = new Object[places.length + 3];
      values[places.length + 1] = path;
      values[places.length + 2] = row++;
      if (!record.fits(columns)) {
        values[places.length] = record.raw();
        return RowFactory.create(values);
      }
      for (int index = 0; index < places.length; index++) {
        values[index] = places[index] < 0 ? null : record.values().get(places[index]);
      }
      return RowFactory.create(values);
    }

    @Override
    public void close() throws IOException {
      records.close();
    }
  }
}

package io.bingoguard.source;

import java.io.IOException;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.apache.hadoop.fs.Path;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;
import org.apache.spark.util.TaskCompletionListener;

/**
 * Reads a CSV file, on an executor, as rows of {@link CsvSource#schema}.
 *
 * @param hadoop tells how files are reached
 * @param dialect dialect of the file
 * @param wanted names of the columns to read
 */
record CsvFileReader(
    Broadcast<SerializableConfiguration> hadoop, CsvDialect dialect, List<String> wanted)
    implements FlatMapFunction<String, Row> {
  @Override
  public Iterator<Row> call(String named) {
    Path file = new Path(named);
    try {
      CsvRecords records = CsvSource.records(hadoop.value().value(), file, dialect);
      // Whoever takes only some rows does not come to the end.
      TaskContext.get()
          .addTaskCompletionListener((TaskCompletionListener) context -> close(records, file));
      StructType header = CsvSource.header(file, records);
      int[] places = wanted.stream().mapToInt(name -> place(header, name)).toArray();
      if (!header.isEmpty() && !wanted.isEmpty() && Arrays.stream(places).allMatch(at -> at < 0)) {
        throw SourceErrors.csvColumnsMissing(
            file.toString(), wanted, Arrays.asList(header.fieldNames()));
      }
      return new Rows(file, records, header.size(), places);
    } catch (IOException unreadable) {
      throw SourceErrors.sourceUnreadable(file.toString(), unreadable);
    }
  }

  /** Where a file has a column; -1 if it has none of the name. */
  private static int place(StructType header, String name) {
    return CorpusColumns.field(header, name)
        .map(field -> header.fieldIndex(field.name()))
        .orElse(-1);
  }

  private static void close(CsvRecords records, Path file) {
    try {
      records.close();
    } catch (IOException unreadable) {
      throw SourceErrors.sourceUnreadable(file.toString(), unreadable);
    }
  }

  private static final class Rows implements Iterator<Row> {
    private final Path file;
    private final CsvRecords records;
    private final int columns;
    private final int[] places;
    private Optional<CsvRecord> next;

    private Rows(Path file, CsvRecords records, int columns, int[] places) throws IOException {
      this.file = file;
      this.records = records;
      this.columns = columns;
      this.places = places;
      this.next = records.next();
    }

    @Override
    public boolean hasNext() {
      return next.isPresent();
    }

    @Override
    public Row next() {
      CsvRecord record = next.orElseThrow(NoSuchElementException::new);
      try {
        next = records.next();
      } catch (IOException unreadable) {
        throw SourceErrors.sourceUnreadable(file.toString(), unreadable);
      }
      return row(record);
    }

    private Row row(CsvRecord record) {
      Object[] values = new Object[places.length + 2];
      values[places.length + 1] = file.toUri().toString();
      if (!record.fits(columns)) {
        values[places.length] = record.raw();
        return RowFactory.create(values);
      }
      for (int index = 0; index < places.length; index++) {
        values[index] = places[index] < 0 ? null : record.values().get(places[index]);
      }
      return RowFactory.create(values);
    }
  }
}

package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;

/**
 * All records of some files at once, in the memory of the driver: for labelled sets, which are
 * small. Any format of a corpus is read; a JSON file may also be one object whose values are all
 * lists of records, on any number of lines.
 *
 * @param columns names of the columns; of JSON, those of all records
 * @param records column values of each record, of the types of {@link CorpusRecord}; a value that
 *     is not there is null or left out
 * @param unreadable places of the records that cannot be read in the format, from 1; their values
 *     are empty
 */
public record PlainRecords(
    List<String> columns, List<Map<String, Object>> records, List<Integer> unreadable) {
  public PlainRecords {
    columns = List.copyOf(columns);
    records = List.copyOf(records);
    unreadable = List.copyOf(unreadable);
  }

  /**
   * Reads everything.
   *
   * @param request file, folder or Delta table, and what is said of its format
   * @throws GuardException when the input cannot be read
   */
  public static PlainRecords read(SparkSession spark, CorpusRequest request) {
    CorpusFiles files =
        CorpusFiles.find(spark, request.input(), request.format(), PassedOver.none());
    try {
      CorpusReader reader = new CorpusReader(spark, files, request.csv(), PassedOver.none(), false);
      return files.format() == CorpusFormat.JSON_LINES ? json(files, reader) : typed(reader);
    } catch (Exception unreadable) {
      throw GuardException.in(unreadable)
          .orElseGet(() -> SourceErrors.sourceUnreadable(request.input(), unreadable));
    }
  }

  private static PlainRecords typed(CorpusReader reader) {
    List<String> columns = reader.columns().names();
    return columns.isEmpty()
        ? of(columns, List.of())
        : of(
            columns,
            reader.batch(columns).stream()
                .flatMap(part -> parsed(part.all().collectAsList(), part.parser()).stream())
                .toList());
  }

  private static PlainRecords json(CorpusFiles files, CorpusReader reader) {
    List<RecordRows> parts = reader.batch(List.of());
    List<CorpusRecord> records = new ArrayList<>();
    for (RecordRows part : parts) {
      List<Row> lines = part.all().collectAsList();
      List<CorpusRecord> read = parsed(lines, part.parser());
      boolean object = !files.directory() && !read.isEmpty() && read.get(0).corrupt().isPresent();
      records.addAll(object ? ofWholeFile(lines).orElse(read) : read);
    }
    if (!records.isEmpty() && records.stream().allMatch(line -> line.corrupt().isPresent())) {
      throw SourceErrors.sourceNotJsonLines(files.input(), records.size());
    }
    records = records.size() == 1 ? unfolded(records.get(0)) : records;
    Set<String> columns = new LinkedHashSet<>();
    records.forEach(record -> columns.addAll(record.fields().keySet()));
    return of(List.copyOf(columns), records);
  }

  private static Optional<List<CorpusRecord>> ofWholeFile(List<Row> lines) {
    String text = lines.stream().map(JsonLineParser::line).collect(Collectors.joining("\n"));
    return new JsonLineParser(Set.of())
        .parse(RowFactory.create(text))
        .filter(object -> object.corrupt().isEmpty())
        .map(List::of);
  }

  /** The records of an object that holds nothing but lists of them; others stay as they are. */
  private static List<CorpusRecord> unfolded(CorpusRecord object) {
    List<CorpusRecord> records = new ArrayList<>();
    for (Object value : object.fields().values()) {
      if (!(value instanceof List<?> list) || !list.stream().allMatch(Map.class::isInstance)) {
        return List.of(object);
      }
      list.forEach(element -> records.add(CorpusRecord.of(fields((Map<?, ?>) element))));
    }
    return records.isEmpty() ? List.of(object) : records;
  }

  @SuppressWarnings("unchecked") // The keys of JSON objects are text.
  private static Map<String, Object> fields(Map<?, ?> object) {
    return (Map<String, Object>) object;
  }

  private static List<CorpusRecord> parsed(List<Row> rows, RecordParser parser) {
    return rows.stream().map(parser::parse).flatMap(Optional::stream).toList();
  }

  private static PlainRecords of(List<String> columns, List<CorpusRecord> records) {
    List<Integer> unreadable = new ArrayList<>();
    for (int index = 0; index < records.size(); index++) {
      if (records.get(index).corrupt().isPresent()) {
        unreadable.add(index + 1);
      }
    }
    return new PlainRecords(
        columns, records.stream().map(CorpusRecord::fields).toList(), unreadable);
  }
}

package io.bingoguard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Row;

/** Takes the sample of a corpus by which its schema is found out. */
final class CorpusSampling {
  /** Records that are looked at. */
  static final int RECORDS = 200;

  /** Files with different columns of which some records are looked at. */
  private static final int KINDS = 20;

  private final CorpusRequest request;
  private final CorpusFiles files;
  private final CorpusReader reader;

  CorpusSampling(CorpusRequest request, CorpusFiles files, CorpusReader reader) {
    this.request = request;
    this.files = files;
    this.reader = reader;
  }

  /** A sample, with the columns that the user has named where any record has them. */
  CorpusSample take() {
    return withNamedColumns(ofStart());
  }

  private CorpusSample ofStart() {
    CorpusColumns columns = reader.columns();
    List<Map<String, Object>> records = new ArrayList<>();
    int seen = 0;
    // Records of JSON have columns of their own, so all of them are looked at.
    boolean open = files.format() == CorpusFormat.JSON_LINES;
    for (CorpusRecord record : start(open ? List.of() : tellingColumns(columns))) {
      seen++;
      if (record.corrupt().isEmpty()) {
        records.add(record.fields());
      }
    }
    if (open) {
      int lines = seen + reader.unfinished().size();
      if (records.isEmpty() && lines > 0) {
        throw SourceErrors.sourceNotJsonLines(request.input(), lines);
      }
      return CorpusSample.ofRecords(records);
    }
    records.add(columns.shapes());
    // Files that come later may have more columns, and so may a table.
    return new CorpusSample(columns.names(), records, files.directory());
  }

  private List<String> tellingColumns(CorpusColumns columns) {
    List<String> telling = new ArrayList<>(columns.telling());
    telling.addAll(columns.folders());
    // Named columns may lead into others, whose values do not tell a schema.
    ColumnPath.columns(request.columnNames(), columns.names()).stream()
        .filter(columns.names()::contains)
        .forEach(telling::add);
    return telling.stream().distinct().toList();
  }

  /** Records from the start of the corpus, of every kind of file. */
  private List<CorpusRecord> start(List<String> wanted) {
    List<CorpusRecord> records = first(reader.start(wanted));
    // Files without any record may be many.
    return records.isEmpty() ? first(reader.batch(wanted)) : records;
  }

  private static List<CorpusRecord> first(List<RecordRows> parts) {
    List<CorpusRecord> records = new ArrayList<>();
    int most = Math.min(parts.size(), KINDS);
    for (RecordRows part : parts.subList(0, most)) {
      part.all().takeAsList(RECORDS / most).stream()
          .map(part.parser()::parse)
          .flatMap(Optional::stream)
          .forEach(records::add);
    }
    return records;
  }

  /**
   * Adds the columns that the user named and the sample has not, if any record has them: fields of
   * JSON that are null are often left out, and may first occur late.
   */
  private CorpusSample withNamedColumns(CorpusSample sample) {
    CorpusSample complete = sample;
    for (String column : new TreeSet<>(request.columnNames())) {
      if (!complete.columns().contains(column)
          && (complete.has(column) || occursLater(complete, column))) {
        complete = complete.with(column);
      }
    }
    return complete;
  }

  private boolean occursLater(CorpusSample sample, String column) {
    return reader.columns().ofFiles().isEmpty()
        && !sample.columns().isEmpty()
        && reader.batch(List.of(column)).stream().anyMatch(part -> holds(part, column));
  }

  private static boolean holds(RecordRows part, String column) {
    RecordParser parser = part.parser();
    return !part.rows().filter((FilterFunction<Row>) row -> holds(parser, row, column)).isEmpty();
  }

  private static boolean holds(RecordParser parser, Row row, String column) {
    return parser
        .parse(row)
        .filter(
            record ->
                record.fields().containsKey(column)
                    || ColumnPath.value(record.fields(), column).isPresent())
        .isPresent();
  }
}

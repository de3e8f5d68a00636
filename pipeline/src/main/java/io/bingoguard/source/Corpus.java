package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import io.bingoguard.source.CorpusLayout.Binding;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.FilterFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaUnsupportedOperationException;

/** A corpus of conversations whose format and schema are known, ready to be read as exchanges. */
public final class Corpus {
  private static final int SAMPLED_RECORDS = 200;

  /** Text of more bytes is not read a second time just to know how many records it has. */
  private static final long COUNTED_TEXT_BYTES = 2L << 30;

  private final CorpusRequest request;
  private final CorpusFiles files;
  private final CorpusReader reader;
  private final CorpusLayout layout;
  private final List<String> seenColumns;
  private final SourceCounts counts;

  private Corpus(
      CorpusRequest request,
      CorpusFiles files,
      CorpusReader reader,
      CorpusLayout layout,
      List<String> seenColumns,
      SourceCounts counts) {
    this.counts = counts;
    this.request = request;
    this.files = files;
    this.reader = reader;
    this.layout = layout;
    this.seenColumns = seenColumns;
  }

  /**
   * Finds out format and schema from the files' names and from a sample of records.
   *
   * @throws GuardException when the input cannot be read, or fits no schema or several
   */
  public static Corpus open(SparkSession spark, CorpusRequest request) {
    CorpusFiles files = CorpusFiles.find(spark, request.input(), request.format());
    CorpusReader reader;
    CorpusSample sample;
    try {
      reader = new CorpusReader(spark, files, request.csv());
      sample = withNamedColumns(request, reader, sample(request, reader));
    } catch (GuardException known) {
      throw known;
    } catch (Exception unreadable) {
      throw SourceErrors.sourceUnreadable(request.input(), unreadable);
    }
    boolean typed = files.format() != CorpusFormat.JSON_LINES;
    if (sample.columns().isEmpty() && (typed || request.columns().isEmpty())) {
      throw SourceErrors.sourceEmpty(request.input());
    }
    CorpusLayout layout = new LayoutDetector(request, sample).detect();
    return new Corpus(request, files, reader, layout, sample.columns(), SourceCounts.on(spark));
  }

  private static CorpusSample sample(CorpusRequest request, CorpusReader reader) {
    List<String> telling =
        Stream.concat(
                reader.tellingColumns().stream(),
                ColumnPath.columns(request.columns().values(), reader.columns()).stream()
                    .filter(reader.columns()::contains))
            .distinct()
            .toList();
    RecordParser parser = reader.parser(telling);
    List<Map<String, Object>> records = new ArrayList<>();
    int seen = 0;
    for (Row row : reader.batch(telling).takeAsList(SAMPLED_RECORDS)) {
      Optional<CorpusRecord> record = parser.parse(row);
      seen += record.isPresent() ? 1 : 0;
      record.filter(read -> read.corrupt().isEmpty()).ifPresent(read -> records.add(read.fields()));
    }
    if (!reader.columns().isEmpty()) {
      records.add(reader.shapes());
      return new CorpusSample(reader.columns(), records, false);
    }
    if (records.isEmpty() && seen > 0) {
      throw SourceErrors.sourceNotJsonLines(request.input(), seen);
    }
    return CorpusSample.ofRecords(records);
  }

  /**
   * Adds the columns that the user named and the sample has not, if any record has them: fields of
   * JSON that are null are often left out, and may first occur late.
   */
  private static CorpusSample withNamedColumns(
      CorpusRequest request, CorpusReader reader, CorpusSample sample) {
    CorpusSample complete = sample;
    for (String column : new TreeSet<>(request.columns().values())) {
      if (!complete.columns().contains(column)
          && (complete.has(column) || occursLater(complete, reader, column))) {
        complete = complete.with(column);
      }
    }
    return complete;
  }

  private static boolean occursLater(CorpusSample sample, CorpusReader reader, String column) {
    RecordParser parser = reader.parser(List.of(column));
    return sample.open()
        && !sample.columns().isEmpty()
        && !reader
            .batch(List.of(column))
            .filter((FilterFunction<Row>) row -> holds(parser, row, column))
            .isEmpty();
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

  /** What was found, for the user: format, schema, and which column plays which part. */
  public String describe() {
    StringBuilder text =
        new StringBuilder(reader.describe()).append(", ").append(layout.describe(seenColumns));
    List<String> replies =
        layout.bindings(ColumnPart.RESPONSES).stream().map(Binding::column).toList();
    List<String> unseen = replies.stream().filter(column -> !seenColumns.contains(column)).toList();
    if (!unseen.isEmpty() && unseen.size() == replies.size()) {
      text.append("; no response at the start, looked for in ").append(String.join(", ", unseen));
    }
    if (layout.columns(ColumnPart.ID).isEmpty()) {
      text.append("; no id column, so a conversation's id is its SHA-256");
    }
    if (files.leftOut() > 0) {
      text.append(
          "\nleft out %d files that are not %s".formatted(files.leftOut(), files.format().title()));
    }
    return text.toString();
  }

  /** File, folder or Delta table, as the user gave it. */
  public String input() {
    return request.input();
  }

  /**
   * What decides which exchanges the files hold: format, schema and the columns of text. It does
   * not change when a column beside the text is found or named.
   */
  public String textLayout() {
    return files.format().key() + " " + layout.schema().key() + " " + layout.textColumns();
  }

  /** Whether the user said how the text is laid out, so that nothing had to be found out. */
  public boolean textLayoutNamed() {
    return request.schema().isPresent()
        || request.columns().keySet().stream().anyMatch(ColumnRole::text);
  }

  /** Whether the corpus can be read as a stream; trees of message rows need all of it at once. */
  public boolean streamable() {
    return layout.schema() != CorpusSchema.MESSAGE_ROWS;
  }

  /** The corpus as a structured stream of rows of {@link ExchangeRow}. */
  public Dataset<Row> stream() {
    if (!streamable()) {
      throw SourceErrors.sourceNotStreamable(request.input());
    }
    return exchanges(reader.stream(layout.columns(), request.maxFilesPerTrigger()));
  }

  /** The whole corpus as rows of {@link ExchangeRow}. */
  public Dataset<Row> batch() {
    Dataset<Row> rows = reader.batch(layout.columns());
    return streamable()
        ? exchanges(rows)
        : MessageTrees.exchanges(rows, reader.parser(layout.columns()), layout, counts);
  }

  /**
   * Number of conversations: records, or trees of message rows. Empty where counting would mean to
   * read a large amount of text twice.
   */
  public OptionalLong conversations() {
    if (files.bytes() > COUNTED_TEXT_BYTES && files.format() != CorpusFormat.PARQUET) {
      return OptionalLong.empty();
    }
    if (!streamable()) {
      long trees = batch().select(ExchangeRow.CONVERSATION_ID).distinct().count();
      // That read the messages too, before anything is labelled.
      counts.reset();
      return OptionalLong.of(trees);
    }
    Dataset<Row> rows = reader.batch(layout.columns());
    return OptionalLong.of(
        files.format() == CorpusFormat.JSON_LINES
            ? rows.filter((FilterFunction<Row>) row -> !row.getString(0).isBlank()).count()
            : rows.count());
  }

  /**
   * System and tool messages among what has been read of {@link #stream} or {@link #batch}; they
   * are not judged. A task that Spark repeats counts them again.
   */
  public long contextMessages() {
    return counts.contextMessages().value();
  }

  /**
   * Ids, times, sources and languages that stood in what has been read of {@link #stream} or {@link
   * #batch} and are of a kind that cannot be read. A task that Spark repeats counts them again.
   */
  public long unreadValues() {
    return counts.unreadValues().value();
  }

  /**
   * What went wrong with the corpus while its stream was read, in the user's terms; empty when the
   * failure has another reason.
   */
  public Optional<GuardException> explain(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (files.format() == CorpusFormat.DELTA
          && cause instanceof DeltaUnsupportedOperationException) {
        return Optional.of(SourceErrors.sourceRewritten(request.input(), cause));
      }
    }
    return Optional.empty();
  }

  private Dataset<Row> exchanges(Dataset<Row> rows) {
    return rows.flatMap(
        new ExchangeExtractor(reader.parser(layout.columns()), layout, counts),
        ExchangeRow.encoder());
  }
}

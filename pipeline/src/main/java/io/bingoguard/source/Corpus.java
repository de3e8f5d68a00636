package io.bingoguard.source;

import io.bingoguard.guard.GuardException;
import io.bingoguard.spark.rows.ExchangeRow;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** A corpus of conversations whose format and schema are known, ready to be read as exchanges. */
public final class Corpus {
  /** Text of more bytes is not read a second time just to know how many records it has. */
  private static final long COUNTED_TEXT_BYTES = 20L << 30;

  private static final List<Long> ONE = List.of(1L);
  private static final List<Long> NOTHING = List.of();

  private final SparkSession spark;
  private final CorpusRequest request;
  private final CorpusFiles files;
  private final CorpusReader reader;
  private final CorpusLayout layout;
  private final UnusedColumns unused;
  private final CorpusDescription description;
  private final SourceCounts counts;

  private Corpus(
      SparkSession spark,
      CorpusRequest request,
      CorpusFiles files,
      CorpusReader reader,
      CorpusLayout layout,
      CorpusSample sample,
      SourceCounts counts) {
    this.spark = spark;
    this.counts = counts;
    this.request = request;
    this.files = files;
    this.reader = reader;
    this.layout = layout;
    this.unused = UnusedColumns.of(sample, layout);
    this.description = new CorpusDescription(files, reader, layout, sample, unused);
  }

  /**
   * Finds out format and schema from the files' names and from a sample of records.
   *
   * @throws GuardException when the input cannot be read, or fits no schema or several
   */
  public static Corpus open(SparkSession spark, CorpusRequest request) {
    PassedOver passedOver = PassedOver.asked(request);
    while (true) {
      try {
        return open(spark, request, passedOver);
      } catch (GuardException failure) {
        passedOver.add(failure);
      }
    }
  }

  private static Corpus open(SparkSession spark, CorpusRequest request, PassedOver passedOver) {
    CorpusFiles files = CorpusFiles.find(spark, request.input(), request.format(), passedOver);
    CorpusReader reader;
    CorpusSample sample;
    try {
      reader = new CorpusReader(spark, files, request.csv(), passedOver, true);
      sample = new CorpusSampling(request, files, reader).take();
    } catch (Exception failure) {
      throw GuardException.in(failure)
          .orElseGet(() -> SourceErrors.sourceUnreadable(request.input(), failure));
    }
    boolean typed = files.format() != CorpusFormat.JSON_LINES;
    boolean nothing = typed ? reader.columns().ofFiles().isEmpty() : sample.columns().isEmpty();
    if (nothing && (typed || request.columns().isEmpty())) {
      throw passedOver.first().orElseGet(() -> SourceErrors.sourceEmpty(request.input()));
    }
    CorpusLayout layout = new LayoutDetector(request, sample).detect();
    return new Corpus(
        spark, request, files, reader, layout, sample, SourceCounts.on(spark, shown(sample)));
  }

  /**
   * Refuses what a single file tells without Spark: that it is not there or no corpus, and of JSON
   * Lines a schema that cannot be found out. What passes may still be refused by {@link #open}.
   *
   * @throws GuardException as {@link #open}
   */
  public static void refuseUnfit(CorpusRequest request, Configuration hadoop) {
    Optional<CorpusFiles> file =
        CorpusFiles.findFile(hadoop, request.input(), request.format())
            .filter(found -> found.format() == CorpusFormat.JSON_LINES);
    // Columns that are named may first occur anywhere.
    if (file.isEmpty() || !request.columns().isEmpty()) {
      return;
    }
    List<CorpusRecord> head;
    try {
      head = LinesHead.read(hadoop, file.get().path(), CorpusSampling.RECORDS);
    } catch (IOException | RuntimeException unreadable) {
      // Spark reads it again, and then it is known whether and why that fails.
      return;
    }
    List<Map<String, Object>> readable =
        head.stream()
            .filter(record -> record.corrupt().isEmpty())
            .map(CorpusRecord::fields)
            .toList();
    if (!readable.isEmpty()) {
      var unused = new LayoutDetector(request, CorpusSample.ofRecords(readable)).detect();
    }
  }

  /** Of what the sample shows in other columns the user is told at once. */
  private static Set<String> shown(CorpusSample sample) {
    return sample.columns().stream()
        .filter(column -> !sample.values(column).isEmpty())
        .collect(Collectors.toSet());
  }

  /** What was found, for the user: format, schema, and which column plays which part. */
  public String describe() {
    return description.text();
  }

  /** File, folder or Delta table, as the user gave it. */
  public String input() {
    return request.input();
  }

  /** Qualified path of the input. */
  public String path() {
    return files.path().toString();
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

  /** Whether files can be read by themselves; trees of message rows need all of them at once. */
  public boolean divisible() {
    return layout.schema() != CorpusSchema.MESSAGE_ROWS;
  }

  /**
   * The records as they are stored, beside what tells their exchanges.
   *
   * @param all the last {@link #files}
   * @throws GuardException CURATE_INPUT_UNSUITED where their columns cannot be put together, or are
   *     of types that Spark does not have
   */
  public CorpusRecords records(List<DataFile> all) {
    return new CorpusRecords(ReadingSession.of(spark), reader, files, layout, counts, all);
  }

  /** The data files as they are now. */
  public List<DataFile> files() {
    try {
      return reader.files();
    } catch (Exception unreadable) {
      // Delta's analysis errors are checked exceptions that its methods do not declare.
      throw GuardException.in(unreadable)
          .orElseGet(() -> SourceErrors.sourceUnreadable(request.input(), unreadable));
    }
  }

  /**
   * What happened to a Delta table up to the last {@link #files}.
   *
   * @param since its version that was looked at last, if any
   * @throws GuardException INPUT_READ_OTHERWISE where it has lost a column that was read then
   */
  public SourceChanges changes(OptionalLong since) {
    refuseLost(since);
    return reader.changes(since);
  }

  /**
   * Refuses a Delta table that has lost a column of text since it was labelled: that column was
   * renamed or dropped. Usual names are looked for whether they are there or not, so {@link
   * #textLayout} does not tell. Whoever names the columns is taken at their word.
   *
   * @param since its version that was labelled last in this layout, if any
   * @throws GuardException INPUT_READ_OTHERWISE
   */
  public void refuseLostColumns(OptionalLong since) {
    var unused = files();
    refuseLost(since);
  }

  private void refuseLost(OptionalLong since) {
    if (!textLayoutNamed()) {
      reader.refuseLost(since, layout.textColumnNames());
    }
  }

  /**
   * What some of the last {@link #files} hold, as rows of {@link ExchangeRow}.
   *
   * @throws GuardException SOURCE_UNREADABLE naming a file that cannot be opened
   */
  public Dataset<Row> exchanges(List<DataFile> some) {
    return exchanges(spark, reader.of(some, columns()));
  }

  /** Whether there is such a file, of this input or not. */
  public boolean exists(String file) {
    try {
      Path path = new Path(file);
      return path.getFileSystem(spark.sessionState().newHadoopConf()).exists(path);
    } catch (IOException unreadable) {
      throw SourceErrors.sourceUnreadable(file, unreadable);
    }
  }

  /** Lets {@link #unread} begin anew, where what was read is going to be read again. */
  public void countAnew() {
    counts.reset();
  }

  /** The whole corpus as rows of {@link ExchangeRow}. */
  public Dataset<Row> batch() {
    return exchanges(spark, reader.batch(columns()));
  }

  /** Number of conversations in all files; see {@link #conversations(List)}. */
  public OptionalLong conversations() {
    return conversations(files());
  }

  /**
   * Number of conversations in some of the last {@link #files}: records, or trees of message rows.
   * Empty where counting would mean to read a large amount of text twice. Files that could not be
   * read at the opening are left out.
   */
  public OptionalLong conversations(List<DataFile> some) {
    List<DataFile> readable = reader.readable(some);
    long bytes = readable.stream().mapToLong(DataFile::length).sum();
    boolean text = files.format() == CorpusFormat.JSON_LINES || files.format() == CorpusFormat.CSV;
    if (text && bytes > COUNTED_TEXT_BYTES) {
      return OptionalLong.empty();
    }
    if (layout.schema() == CorpusSchema.MESSAGE_ROWS) {
      long trees = exchanges(readable).select(ExchangeRow.CONVERSATION_ID).distinct().count();
      // That read the messages too, before anything is labelled.
      countAnew();
      return OptionalLong.of(trees);
    }
    OptionalLong known = reader.rows(readable);
    return known.isPresent()
        ? known
        : OptionalLong.of(reader.of(readable, columns()).stream().mapToLong(this::records).sum());
  }

  private long records(RecordRows part) {
    return switch (files.format()) {
      case JSON_LINES ->
          part.flatMap(
                  row -> JsonLineParser.line(row).isBlank() ? NOTHING.iterator() : ONE.iterator(),
                  Encoders.LONG())
              .count();
      case CSV -> part.flatMap(row -> ONE.iterator(), Encoders.LONG()).count();
      case PARQUET, DELTA -> part.rows().count();
    };
  }

  /** What has not been judged of all that was read. */
  public Unread unread() {
    Set<String> further = counts.unreadTexts().value().keySet();
    return new Unread(
        counts.contextMessages().value(),
        counts.unreadValues().value(),
        together(unused.names(), further),
        together(unused.texts(), further));
  }

  private static List<String> together(List<String> first, Set<String> further) {
    return Stream.concat(first.stream(), further.stream()).distinct().toList();
  }

  /** The columns that hold what the layout names; of JSON Lines, the fields. */
  private List<String> columns() {
    return files.format() == CorpusFormat.JSON_LINES
        ? layout.columns()
        : ColumnPath.columns(layout.columns(), reader.columns().names());
  }

  private Dataset<Row> exchanges(SparkSession session, List<RecordRows> parts) {
    if (parts.isEmpty()) {
      return session.createDataset(List.of(), ExchangeRow.encoder());
    }
    if (layout.schema() == CorpusSchema.MESSAGE_ROWS) {
      return MessageTrees.exchanges(MergedRows.of(parts, columns()), layout, counts);
    }
    return parts.stream()
        .map(
            part ->
                part.flatMap(
                    new ExchangeExtractor(part.parser(), layout, counts), ExchangeRow.encoder()))
        .reduce(Dataset::union)
        .orElseThrow();
  }
}

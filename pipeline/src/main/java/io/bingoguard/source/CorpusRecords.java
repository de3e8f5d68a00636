package io.bingoguard.source;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;

import io.bingoguard.guard.Sha256;
import io.bingoguard.spark.rows.ExchangeRow;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * The records of a corpus as they are stored, each with what tells its exchanges, so that labels
 * find them.
 */
public final class CorpusRecords {
  /** SHA-256 over the record's exchanges and place; equal records of a Delta table share it. */
  public static final String KEY = "record_key";

  /** Path of the record's file, as in labels; null for a Delta table. */
  public static final String FILE = "input_file";

  /** Position in that file; null for a Delta table. */
  public static final String ROW = "input_row";

  /** The exchanges in order: structs of {@code conversation_id}, turn and content hash. */
  public static final String EXCHANGES = "exchanges";

  /** The line as bytes, or a struct of all columns. */
  public static final String RECORD = "record";

  public static final String CONVERSATION_ID = "conversation_id";
  public static final String TURN_INDEX = "turn_index";
  public static final String CONTENT_HASH = "content_hash";

  private static final String KEYS = "keys";

  private static final StructType EXCHANGE =
      new StructType()
          .add(CONVERSATION_ID, DataTypes.StringType, false)
          .add(TURN_INDEX, DataTypes.IntegerType, false)
          .add(CONTENT_HASH, DataTypes.StringType, false);

  private static final StructType KEYS_OF_RECORD =
      new StructType()
          .add(KEY, DataTypes.StringType, false)
          .add(FILE, DataTypes.StringType, true)
          .add(ROW, DataTypes.LongType, true)
          .add(EXCHANGES, DataTypes.createArrayType(EXCHANGE, false), false);

  private final SparkSession session;
  private final CorpusReader reader;
  private final CorpusFiles files;
  private final CorpusLayout layout;
  private final SourceCounts counts;
  private final StructType columns;

  /**
   * The records of a corpus.
   *
   * @param session of these records alone
   * @param all files whose columns together the records have
   */
  CorpusRecords(
      SparkSession session,
      CorpusReader reader,
      CorpusFiles files,
      CorpusLayout layout,
      SourceCounts counts,
      List<DataFile> all) {
    // So that times are written again as they are, those of old calendars too.
    session.conf().set("spark.sql.parquet.outputTimestampType", "TIMESTAMP_MICROS");
    session.conf().set("spark.sql.parquet.datetimeRebaseModeInWrite", "CORRECTED");
    this.session = session;
    this.reader = reader;
    this.files = files;
    this.layout = layout;
    this.counts = counts;
    this.columns =
        switch (files.format()) {
          case PARQUET -> merged(all);
          case DELTA -> reader.rows(session, List.of()).schema();
          case JSON_LINES, CSV -> new StructType();
        };
  }

  private StructType merged(List<DataFile> all) {
    try {
      return session
          .read()
          .format("parquet")
          .option("mergeSchema", true)
          .options(CorpusReader.PARQUET_OPTIONS)
          .load(paths(all))
          .schema();
    } catch (Exception unreadable) {
      // Spark's errors are checked exceptions that its methods do not declare.
      throw MergedColumns.refusal(reader.heads(all))
          .orElseGet(() -> SourceErrors.sourceUnreadable(files.input(), unreadable));
    }
  }

  private static String[] paths(List<DataFile> listed) {
    return listed.stream().map(DataFile::path).toArray(String[]::new);
  }

  /**
   * Why records cannot be told apart and written again as they are, if they cannot.
   *
   * @return what the corpus is, for a sentence
   */
  public Optional<String> unsuited() {
    if (layout.schema() == CorpusSchema.MESSAGE_ROWS) {
      return Optional.of("has a row for each message, of which none is an exchange by itself");
    }
    if (files.format() == CorpusFormat.CSV) {
      return Optional.of("is CSV, in a dialect of its own");
    }
    return files.folders().keys().isEmpty()
        ? Optional.empty()
        : Optional.of("has columns in the names of its folders: " + files.folders().keys());
  }

  /** Where records are read, and with whose settings they are written again as they are. */
  public SparkSession session() {
    return session;
  }

  /** The columns of the records; none of JSON Lines, which are written as they are. */
  public StructType columns() {
    return columns;
  }

  /** What tells records from each other: how text is laid out, and where their ids are. */
  public String layout() {
    return layout.schema().key() + layout.textColumns() + layout.columns(ColumnPart.ID);
  }

  public CorpusFormat format() {
    return files.format();
  }

  /**
   * All records of some files.
   *
   * @param listed of those that {@link Corpus#files} told last, at least one
   */
  public Dataset<Row> read(List<DataFile> listed) {
    return switch (files.format()) {
      case JSON_LINES -> lines(listed);
      case PARQUET -> parquet(listed);
      case DELTA -> delta(listed);
      case CSV -> throw new IllegalStateException("CSV is not read as it is stored");
    };
  }

  private Dataset<Row> lines(List<DataFile> listed) {
    Dataset<Row> lines = new TextFiles(session).lines(listed);
    RecordParser parser =
        new PlacedParser(
            new JsonLineParser(ColumnPath.beginnings(layout.columns())), files.folders());
    Column line = struct(col("value"), col("file"), col("row"));
    return keyed(lines, line, parser, col("value"));
  }

  private Dataset<Row> parquet(List<DataFile> listed) {
    Dataset<Row> rows =
        session
            .read()
            .format("parquet")
            .schema(columns)
            .options(CorpusReader.PARQUET_OPTIONS)
            .load(paths(listed));
    Column metadata = rows.metadataColumn("_metadata");
    StructType wanted = wanted(rows.schema());
    List<Column> read = columns(wanted);
    read.add(metadata.getField("file_path"));
    read.add(metadata.getField("row_index"));
    RecordParser parser = new PlacedParser(new TypedRowParser(wanted, null), files.folders());
    return keyed(
        rows,
        struct(read.toArray(Column[]::new)),
        parser,
        struct(columns(rows.schema()).toArray(Column[]::new)));
  }

  private Dataset<Row> delta(List<DataFile> listed) {
    Dataset<Row> rows = reader.rows(session, listed);
    StructType wanted = wanted(rows.schema());
    return keyed(
        rows,
        struct(columns(wanted).toArray(Column[]::new)),
        new TypedRowParser(wanted, null),
        struct(columns(rows.schema()).toArray(Column[]::new)));
  }

  private StructType wanted(StructType schema) {
    List<String> names = ColumnPath.columns(layout.columns(), List.of(schema.fieldNames()));
    return new StructType(
        Arrays.stream(schema.fields())
            .filter(field -> names.contains(field.name()))
            .toArray(StructField[]::new));
  }

  private static List<Column> columns(StructType schema) {
    return Arrays.stream(schema.fieldNames())
        .map(name -> col("`" + name.replace("`", "``") + "`"))
        .collect(Collectors.toCollection(ArrayList::new));
  }

  /** Blank lines are no records. */
  private Dataset<Row> keyed(Dataset<Row> rows, Column read, RecordParser parser, Column record) {
    UDF1<Row, Row> keys = new Keys(new ExchangeExtractor(parser, layout, counts));
    // Not deterministic by word only, so that Spark does not parse a record once more to filter it.
    Column found = udf(keys, KEYS_OF_RECORD).asNondeterministic().apply(read);
    return rows.select(found.as(KEYS), record.as(RECORD))
        .where(col(KEYS).isNotNull())
        .select(col(KEYS + ".*"), col(RECORD));
  }

  private record Keys(ExchangeExtractor extractor) implements UDF1<Row, Row> {
    @Override
    public Row call(Row row) {
      List<Row> exchanges = new ArrayList<>();
      List<String> told = new ArrayList<>();
      ExchangeRow first = null;
      for (var rows = extractor.call(row); rows.hasNext(); ) {
        ExchangeRow exchange = ExchangeRow.read(rows.next());
        first = first == null ? exchange : first;
        String hash = exchange.exchange().contentHash();
        exchanges.add(RowFactory.create(exchange.conversationId(), exchange.turnIndex(), hash));
        told.addAll(List.of(exchange.conversationId(), String.valueOf(exchange.turnIndex()), hash));
      }
      if (first == null) {
        return null;
      }
      String file = first.place().map(place -> place.file()).orElse(null);
      Long number = first.place().map(place -> place.row()).orElse(null);
      told.add(file + "\n" + number);
      return RowFactory.create(Sha256.of(told), file, number, exchanges.toArray(Row[]::new));
    }
  }
}

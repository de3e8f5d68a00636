package io.bingoguard.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens the records of a corpus with Spark's readers: all of them, or those that arrive. Files are
 * read by their own columns, those of one kind together.
 */
final class CorpusReader {
  private static final int SAMPLED_FILES = 50;
  private static final String CORRUPT_COLUMN = "_bingoguard_corrupt_record";

  /** As bytes, since Spark replaces what is not UTF-8 without a word. */
  private static final List<Column> LINE = List.of(functions.col("value").cast("binary"));

  private static final StructType LINES = new StructType().add("value", DataTypes.StringType);

  private final SparkSession session;
  private final CorpusFiles files;
  private final Map<String, String> options;
  private final Optional<CsvSource> csv;
  private final FileHeads heads;
  private final List<DataFile> atOpening;
  private final CorpusColumns columns;

  CorpusReader(SparkSession spark, CorpusFiles files, CsvOptions csvOptions) throws IOException {
    this.session = ReadingSession.of(spark);
    this.files = files;
    this.options = options(files);
    this.atOpening = files.format() == CorpusFormat.DELTA ? List.of() : listed();
    this.csv =
        files.format() == CorpusFormat.CSV
            ? Optional.of(CsvSource.open(session, paths(atOpening), csvOptions))
            : Optional.empty();
    this.heads = new FileHeads(headReading());
    this.columns = CorpusColumns.of(schemas(), files.folders().keys());
  }

  private FileHeads.Reading headReading() {
    return switch (files.format()) {
      case PARQUET -> new ParquetHeads(session.sessionState().newHadoopConf());
      case CSV -> file -> FileHead.of(csv.orElseThrow().columns(file.path()));
      case JSON_LINES, DELTA -> file -> FileHead.of(LINES);
    };
  }

  private Collection<StructType> schemas() {
    return switch (files.format()) {
      case DELTA -> List.of(delta().schema());
      // Each record has columns of its own.
      case JSON_LINES -> List.of();
      case PARQUET, CSV -> {
        Collection<FileHead> all = heads.of(atOpening).values();
        List<FileHead> filled = all.stream().filter(head -> head.rows().orElse(1) > 0).toList();
        yield (filled.isEmpty() ? all : filled).stream().map(FileHead::columns).distinct().toList();
      }
    };
  }

  private List<DataFile> listed() {
    return files.list(session.sessionState().newHadoopConf());
  }

  /** Format of the files and, of CSV, their dialect, for the user. */
  String describe() {
    return files.format().title() + csv.map(found -> " (" + found.describe() + ")").orElse("");
  }

  /** The columns of the corpus; of JSON Lines, whose records each have their own, only folders'. */
  CorpusColumns columns() {
    return columns;
  }

  /** Number of rows, where the files say it without being read. */
  OptionalLong rows() {
    return files.format() == CorpusFormat.PARQUET
        ? OptionalLong.of(
            heads.of(listed()).values().stream().mapToLong(head -> head.rows().orElseThrow()).sum())
        : OptionalLong.empty();
  }

  /** Number of files that have none of some columns; 0 for JSON Lines, whose files have none. */
  long filesWithout(List<String> names) {
    return files.format() == CorpusFormat.PARQUET || files.format() == CorpusFormat.CSV
        ? heads.of(atOpening).values().stream()
            .filter(head -> !head.columns().isEmpty())
            .filter(
                head ->
                    names.stream()
                        .noneMatch(name -> CorpusColumns.field(head.columns(), name).isPresent()))
            .count()
        : 0;
  }

  /** Records of some files of every kind that are not empty, as of opening. */
  List<RecordRows> start(List<String> wanted) {
    return files.format() == CorpusFormat.DELTA
        ? batch(wanted)
        : ofFiles(firstOfEveryKind(), wanted);
  }

  private List<DataFile> firstOfEveryKind() {
    Map<StructType, List<DataFile>> kinds = new LinkedHashMap<>();
    heads
        .of(atOpening)
        .forEach(
            (file, head) -> {
              List<DataFile> kind =
                  kinds.computeIfAbsent(head.columns(), columns -> new ArrayList<>());
              if (kind.size() < SAMPLED_FILES && file.length() > 0 && head.rows().orElse(1) > 0) {
                kind.add(file);
              }
            });
    return kinds.values().stream().flatMap(List::stream).toList();
  }

  /**
   * All records, as of now.
   *
   * @param wanted names of the columns that are needed; of JSON Lines, none for all
   */
  List<RecordRows> batch(List<String> wanted) {
    return files.format() == CorpusFormat.DELTA
        ? List.of(ofTable(delta(), wanted))
        : ofFiles(listed(), wanted);
  }

  /** Whether {@link #stream} is possible. */
  boolean streamable() {
    return files.format() == CorpusFormat.DELTA || FileStream.possible(files);
  }

  /** What arrives: the rows of a Delta table, otherwise the names of the files. */
  Dataset<Row> stream(List<String> wanted, OptionalInt maxFilesPerTrigger) {
    if (files.format() != CorpusFormat.DELTA) {
      return FileStream.open(session, files, maxFilesPerTrigger);
    }
    DataStreamReader reader = session.readStream().format("delta");
    maxFilesPerTrigger.ifPresent(most -> reader.option("maxFilesPerTrigger", most));
    return ofTable(reader.load(files.path().toString()), wanted).rows();
  }

  /** The records of a micro-batch of {@link #stream}. */
  List<RecordRows> arrived(Dataset<Row> microBatch, List<String> wanted) {
    return files.format() == CorpusFormat.DELTA
        ? List.of(ofTable(microBatch, wanted))
        : ofFiles(FileStream.files(microBatch), wanted);
  }

  private Dataset<Row> delta() {
    return session.read().format("delta").load(files.path().toString());
  }

  private static RecordRows ofTable(Dataset<Row> table, List<String> wanted) {
    StructType read = new StructType();
    List<Column> selected = new ArrayList<>();
    for (String name : wanted) {
      Optional<StructField> field = CorpusColumns.field(table.schema(), name);
      if (field.isPresent()) {
        selected.add(quoted(field.get().name()));
        read = read.add(name, field.get().dataType());
      }
    }
    return new RecordRows(
        table.select(selected.toArray(Column[]::new)), new TypedRowParser(read, null));
  }

  private List<RecordRows> ofFiles(List<DataFile> listed, List<String> wanted) {
    return switch (files.format()) {
      case JSON_LINES -> jsonLines(paths(listed), wanted);
      case CSV -> listed.isEmpty() ? List.of() : List.of(csv(listed, wanted));
      case PARQUET ->
          FileGroup.of(heads.of(listed), wanted).stream()
              .map(group -> parquet(group, wanted))
              .toList();
      case DELTA -> throw new IllegalStateException("a Delta table is not read by files");
    };
  }

  private List<RecordRows> jsonLines(List<String> listed, List<String> wanted) {
    RecordParser lines = new JsonLineParser(ColumnPath.beginnings(wanted));
    List<RecordRows> parts = new ArrayList<>();
    List<String> others = listed.stream().filter(path -> !TextCodecs.isZst(path)).toList();
    if (!others.isEmpty()) {
      parts.add(placed(load("text", LINES, others), lines, wanted, LINE));
    }
    List<String> zst = listed.stream().filter(TextCodecs::isZst).toList();
    if (!zst.isEmpty()) {
      parts.add(
          new RecordRows(
              WholeFiles.rows(session, zst, new ZstdLinesReader(), ZstdLinesReader.ROWS),
              new FolderColumnsParser(lines, files.folders())));
    }
    return parts;
  }

  private RecordRows parquet(FileGroup group, List<String> wanted) {
    List<Column> selected =
        group.columns().values().stream().map(field -> quoted(field.name())).toList();
    return placed(
        load("parquet", group.own(), group.paths()),
        new TypedRowParser(group.read(), null),
        wanted,
        selected);
  }

  /** Rows of CSV end with the paths of their files. */
  private RecordRows csv(List<DataFile> listed, List<String> wanted) {
    RecordParser records =
        new TypedRowParser(CsvSource.schema(wanted, CORRUPT_COLUMN), CORRUPT_COLUMN);
    return new RecordRows(
        csv.orElseThrow().rows(session, paths(listed), wanted, CORRUPT_COLUMN),
        new FolderColumnsParser(records, files.folders()));
  }

  private Dataset<Row> load(String source, StructType schema, List<String> paths) {
    return session
        .read()
        .format(source)
        .schema(schema)
        .options(options)
        .options(ColonNames.settings(paths))
        .load(paths.toArray(String[]::new));
  }

  /** Adds the path of its file to each row, where the wanted columns may stand in it. */
  private RecordRows placed(
      Dataset<Row> rows, RecordParser parser, List<String> wanted, List<Column> selected) {
    PartitionFolders folders = files.folders();
    boolean needed =
        folders.keys().stream().anyMatch(key -> wanted.isEmpty() || wanted.contains(key));
    if (!needed) {
      return new RecordRows(rows.select(selected.toArray(Column[]::new)), parser);
    }
    List<Column> withPath = new ArrayList<>(selected);
    withPath.add(rows.metadataColumn("_metadata").getField("file_path"));
    return new RecordRows(
        rows.select(withPath.toArray(Column[]::new)), new FolderColumnsParser(parser, folders));
  }

  private static List<String> paths(List<DataFile> files) {
    return files.stream().map(DataFile::path).toList();
  }

  private static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private static Map<String, String> options(CorpusFiles files) {
    Map<String, String> options = new LinkedHashMap<>();
    // Names are no patterns, and no folders are to be taken for columns of guessed types.
    options.put("__globPaths__", "false");
    options.put("recursiveFileLookup", "true");
    if (files.format() == CorpusFormat.PARQUET) {
      // Spark refuses dates of old calendars otherwise, in columns that only say when.
      options.put("datetimeRebaseMode", "CORRECTED");
      options.put("int96RebaseMode", "CORRECTED");
    }
    if (files.format() == CorpusFormat.JSON_LINES) {
      // Only a line feed ends a record; Spark's default also takes a lone carriage return.
      options.put("lineSep", "\n");
    }
    return options;
  }
}

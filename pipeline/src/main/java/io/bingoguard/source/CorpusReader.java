package io.bingoguard.source;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/**
 * Opens the records of a corpus with Spark's readers: all of them, or those of some files. Files
 * are read by their own columns, those of one kind together.
 */
final class CorpusReader {
  private static final int SAMPLED_FILES = 50;
  private static final String CORRUPT_COLUMN = "_bingoguard_corrupt_record";

  static final Map<String, String> PARQUET_OPTIONS =
      Map.of(
          // Names are no patterns, and no folders are to be taken for columns of guessed types.
          "__globPaths__", "false",
          "recursiveFileLookup", "true",
          // Spark refuses dates of old calendars otherwise, in columns that only say when.
          "datetimeRebaseMode", "CORRECTED",
          "int96RebaseMode", "CORRECTED");

  private final SparkSession session;
  private final CorpusFiles files;
  private final PassedOver passedOver;
  private final Optional<UnfinishedLines> unfinished;
  private final Optional<CsvSource> csv;
  private final TextFiles text;
  private final FileHeads heads;
  private final List<DataFile> atOpening;
  private final CorpusColumns columns;

  /** As of the last listing, where the corpus is a Delta table. */
  private Optional<DeltaFiles> table = Optional.empty();

  /**
   * A reader.
   *
   * @param passedOver files that nothing is to be found out from, and that are not read
   * @param growing whether somebody may still be writing to files
   */
  CorpusReader(
      SparkSession spark,
      CorpusFiles files,
      CsvOptions csvOptions,
      PassedOver passedOver,
      boolean growing)
      throws IOException {
    this.session = ReadingSession.of(spark);
    this.files = files;
    this.passedOver = passedOver;
    this.unfinished =
        growing && files.format() == CorpusFormat.JSON_LINES
            ? Optional.of(new UnfinishedLines(session.sessionState().newHadoopConf()))
            : Optional.empty();
    this.atOpening = files.format() == CorpusFormat.DELTA ? List.of() : readable(listed());
    this.csv =
        files.format() == CorpusFormat.CSV
            ? Optional.of(CsvSource.open(session, paths(atOpening), csvOptions))
            : Optional.empty();
    this.text = new TextFiles(session);
    this.heads = new FileHeads(headReading());
    this.columns = CorpusColumns.of(schemas(), files.folders().keys());
  }

  private FileHeads.Reading headReading() {
    return switch (files.format()) {
      case PARQUET -> new ParquetHeads(session.sessionState().newHadoopConf());
      case CSV -> file -> FileHead.of(csv.orElseThrow().columns(file.path()));
      case JSON_LINES, DELTA -> file -> FileHead.of(LinesReader.ROWS);
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
    List<DataFile> listed = files.list(session.sessionState().newHadoopConf());
    return unfinished.map(lines -> lines.without(listed)).orElse(listed);
  }

  /** Those of some files that could be read at the opening. */
  List<DataFile> readable(List<DataFile> some) {
    return some.stream().filter(file -> !passedOver.has(file.path())).toList();
  }

  /** Paths of the files whose last line is not read, since it may still be written. */
  Set<String> unfinished() {
    return unfinished.map(UnfinishedLines::files).orElse(Set.of());
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
  OptionalLong rows(List<DataFile> some) {
    return files.format() == CorpusFormat.PARQUET
        ? OptionalLong.of(
            heads.of(some).values().stream().mapToLong(head -> head.rows().orElseThrow()).sum())
        : OptionalLong.empty();
  }

  /** What Parquet files say of themselves, in their order. */
  Map<DataFile, FileHead> heads(List<DataFile> some) {
    return heads.of(some);
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
    return switch (files.format()) {
      case DELTA -> batch(wanted);
      case JSON_LINES -> List.of(jsonLines(text.firstLines(firstOfEveryKind()), wanted));
      case PARQUET, CSV -> ofFiles(firstOfEveryKind(), wanted);
    };
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
   * All records, as of now, without files that are passed over.
   *
   * @param wanted names of the columns that are needed; of JSON Lines, none for all
   */
  List<RecordRows> batch(List<String> wanted) {
    return files.format() == CorpusFormat.DELTA
        ? List.of(ofTable(delta(), wanted))
        : ofFiles(readable(listed()), wanted);
  }

  /** The data files as they are now, those that cannot be read included. */
  List<DataFile> files() {
    if (files.format() != CorpusFormat.DELTA) {
      return listed();
    }
    table = Optional.of(DeltaFiles.newest(session, files.path().toString()));
    return table.get().list();
  }

  /** What happened to a Delta table up to the last {@link #files}; nothing is known of others. */
  SourceChanges changes(OptionalLong since) {
    return table.map(found -> found.changes(since)).orElse(SourceChanges.NONE);
  }

  /**
   * Refuses a Delta table, as of the last {@link #files}, that has lost some columns.
   *
   * @param since version that had them, if any is known
   * @param names columns that are read where they are there
   * @throws io.bingoguard.guard.GuardException INPUT_READ_OTHERWISE
   */
  void refuseLost(OptionalLong since, List<String> names) {
    if (table.isEmpty() || since.isEmpty()) {
      return;
    }
    StructType now = table.get().columns();
    List<String> lost =
        table.get().columnsIn(since.getAsLong()).stream()
            .flatMap(
                before ->
                    names.stream().filter(name -> CorpusColumns.field(before, name).isPresent()))
            .filter(name -> CorpusColumns.field(now, name).isEmpty())
            .toList();
    if (!lost.isEmpty()) {
      throw SourceErrors.columnsLost(
          files.input(), lost, since.getAsLong(), List.of(now.fieldNames()));
    }
  }

  /**
   * The records of some of the last {@link #files}.
   *
   * @throws io.bingoguard.guard.GuardException naming one that could not be read at the opening
   */
  List<RecordRows> of(List<DataFile> some, List<String> wanted) {
    passedOver.refuse(some);
    if (some.isEmpty()) {
      return List.of();
    }
    return table.isPresent()
        ? List.of(ofTable(table.get().rows(session, some), wanted))
        : ofFiles(some, wanted);
  }

  /** Whole rows of some of the last {@link #files} of a Delta table, of another session. */
  Dataset<Row> rows(SparkSession other, List<DataFile> some) {
    return table.orElseThrow().rows(other, some);
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
    if (listed.isEmpty()) {
      return List.of();
    }
    return switch (files.format()) {
      case JSON_LINES -> List.of(jsonLines(text.lines(listed), wanted));
      case CSV -> List.of(csv(listed, wanted));
      case PARQUET ->
          FileGroup.of(heads.of(listed), wanted).stream()
              .map(group -> parquet(group, wanted))
              .toList();
      case DELTA -> throw new IllegalStateException("a Delta table is not read by files");
    };
  }

  private RecordRows jsonLines(Dataset<Row> lines, List<String> wanted) {
    return placed(lines, new JsonLineParser(ColumnPath.beginnings(wanted)), wanted);
  }

  private RecordRows parquet(FileGroup group, List<String> wanted) {
    Dataset<Row> rows =
        session
            .read()
            .format("parquet")
            .schema(group.own())
            .options(PARQUET_OPTIONS)
            .options(ColonNames.settings(group.paths()))
            .load(group.paths().toArray(String[]::new));
    List<Column> selected = new ArrayList<>();
    group.columns().values().forEach(field -> selected.add(quoted(field.name())));
    Column metadata = rows.metadataColumn("_metadata");
    selected.add(metadata.getField("file_path"));
    selected.add(metadata.getField("row_index"));
    return placed(
        rows.select(selected.toArray(Column[]::new)),
        new TypedRowParser(group.read(), null),
        wanted);
  }

  private RecordRows csv(List<DataFile> listed, List<String> wanted) {
    return placed(
        csv.orElseThrow().rows(session, listed, wanted, CORRUPT_COLUMN),
        new TypedRowParser(CsvSource.schema(wanted, CORRUPT_COLUMN), CORRUPT_COLUMN),
        wanted);
  }

  /** Rows that end with the path of their file and their position in it. */
  private RecordRows placed(Dataset<Row> rows, RecordParser parser, List<String> wanted) {
    PartitionFolders folders = files.folders();
    boolean needed =
        folders.keys().stream().anyMatch(key -> wanted.isEmpty() || wanted.contains(key));
    return new RecordRows(
        rows, new PlacedParser(parser, needed ? folders : PartitionFolders.none(files.path())));
  }

  private static List<String> paths(List<DataFile> files) {
    return files.stream().map(DataFile::path).toList();
  }

  private static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }
}

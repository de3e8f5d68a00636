package io.bingoguard.source;

import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** Opens the files of a corpus with Spark's readers, as a batch or as a stream. */
final class CorpusReader {
  private static final String CORRUPT_COLUMN = "_bingoguard_corrupt_record";
  private static final Pattern LETTER = Pattern.compile("[\\p{L}\\p{N}]");

  private final SparkSession spark;
  private final CorpusFiles files;
  private final Map<String, String> options;
  private final Optional<CsvSource> csv;
  private final StructType schema;

  CorpusReader(SparkSession spark, CorpusFiles files, CsvOptions csvOptions) throws IOException {
    this.spark = spark;
    this.files = files;
    this.options = options(files);
    if (files.format() == CorpusFormat.JSON_LINES) {
      options.putAll(TextCodecs.settings(spark.sessionState().newHadoopConf()));
    }
    this.csv =
        files.format() == CorpusFormat.CSV
            ? Optional.of(CsvSource.open(spark, paths(load()), csvOptions))
            : Optional.empty();
    this.schema =
        csv.map(found -> CsvSource.schema(found.columns(), CORRUPT_COLUMN))
            .orElseGet(() -> load().schema());
  }

  private Dataset<Row> load() {
    return spark.read().format(sourceName()).options(options).load(path());
  }

  private static List<Path> paths(Dataset<Row> files) {
    return Arrays.stream(files.inputFiles()).map(URI::create).map(Path::new).sorted().toList();
  }

  /** Format of the files and, of CSV, their dialect, for the user. */
  String describe() {
    return files.format().title() + csv.map(found -> " (" + found.describe() + ")").orElse("");
  }

  /** Names of the corpus's columns; none for JSON Lines, whose records each have their own. */
  List<String> columns() {
    return files.format() == CorpusFormat.JSON_LINES
        ? List.of()
        : Arrays.stream(schema.fieldNames()).filter(name -> !name.equals(CORRUPT_COLUMN)).toList();
  }

  /** Columns of text or lists, the only ones whose values can tell a schema. */
  List<String> tellingColumns() {
    return columns().stream()
        .filter(
            name -> {
              DataType type = schema.apply(name).dataType();
              return type.equals(DataTypes.StringType) || type instanceof ArrayType;
            })
        .toList();
  }

  /**
   * A record with one element of nulls in each column that is a list of structs: it shows the
   * fields that such elements have, which values that are null or empty lists do not.
   */
  Map<String, Object> shapes() {
    Map<String, Object> shapes = new LinkedHashMap<>();
    for (StructField field : schema.fields()) {
      if (field.dataType() instanceof ArrayType list
          && list.elementType() instanceof StructType element) {
        Map<String, Object> fields = new LinkedHashMap<>();
        Arrays.stream(element.fieldNames()).forEach(name -> fields.put(name, null));
        shapes.put(field.name(), List.of(fields));
      }
    }
    return shapes;
  }

  /** The rows of the corpus; of Parquet and Delta only some columns. */
  Dataset<Row> batch(List<String> columns) {
    return selected(load(), columns);
  }

  /** The same rows as a stream. */
  Dataset<Row> stream(List<String> columns, OptionalInt maxFilesPerTrigger) {
    DataStreamReader reader = spark.readStream().format(sourceName()).options(options);
    maxFilesPerTrigger.ifPresent(most -> reader.option("maxFilesPerTrigger", most));
    // Spark's default leaves out, without a word, new files dated a week before the newest one.
    reader.option("maxFileAge", "100000d");
    return selected(
        switch (files.format()) {
          case PARQUET -> reader.schema(schema).load(streamPath());
          case CSV -> reader.schema(load().schema()).load(streamPath());
          case JSON_LINES, DELTA -> reader.load(streamPath());
        },
        columns);
  }

  /** Reads the rows that {@link #batch} and {@link #stream} give for the same columns. */
  RecordParser parser(List<String> columns) {
    return switch (files.format()) {
      case JSON_LINES -> new JsonLineParser(ColumnPath.beginnings(columns));
      case CSV ->
          new TypedRowParser(
              CsvSource.schema(ColumnPath.columns(columns, columns()), CORRUPT_COLUMN),
              CORRUPT_COLUMN);
      case PARQUET, DELTA -> {
        StructType read = new StructType();
        for (String column : ColumnPath.columns(columns, columns())) {
          read = read.add(schema.apply(column));
        }
        yield new TypedRowParser(read, null);
      }
    };
  }

  private Dataset<Row> selected(Dataset<Row> rows, List<String> columns) {
    return switch (files.format()) {
      case JSON_LINES -> rows.select("value");
      case CSV ->
          csv.orElseThrow()
              .rows(rows.select("path"), ColumnPath.columns(columns, columns()), CORRUPT_COLUMN);
      case PARQUET, DELTA ->
          rows.select(
              ColumnPath.columns(columns, columns()).stream()
                  .map(CorpusReader::quoted)
                  .toArray(Column[]::new));
    };
  }

  private static Column quoted(String name) {
    return functions.col("`" + name.replace("`", "``") + "`");
  }

  private String sourceName() {
    return switch (files.format()) {
      case PARQUET -> "parquet";
      case DELTA -> "delta";
      case JSON_LINES -> "text";
      // Only the files' paths are asked of it.
      case CSV -> "binaryFile";
    };
  }

  /** File sources take patterns, so what the user meant literally is escaped. */
  private String path() {
    return files.format() == CorpusFormat.DELTA
        ? files.input()
        : files.input().replaceAll("[\\\\{}\\[\\]*?]", "\\\\$0");
  }

  /**
   * A stream takes what is no pattern for a folder and fails on a file, so a file's name is made a
   * pattern that matches just this name.
   */
  private String streamPath() {
    String path = path();
    int name = path.lastIndexOf('/') + 1;
    if (files.directory() || path.indexOf('\\', name) >= 0) {
      return path;
    }
    return path.substring(0, name) + LETTER.matcher(path.substring(name)).replaceFirst("[$0]");
  }

  private static Map<String, String> options(CorpusFiles files) {
    Map<String, String> options = new LinkedHashMap<>();
    if (files.filterNames()) {
      options.put("pathGlobFilter", files.format().fileNameGlob());
    }
    if (files.nested()) {
      options.put("recursiveFileLookup", "true");
    }
    if (files.format() == CorpusFormat.JSON_LINES) {
      // Only a line feed ends a record; Spark's default also takes a lone carriage return.
      options.put("lineSep", "\n");
    }
    return options;
  }
}

package io.bingoguard.source;

import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.util.SerializableConfiguration;

/**
 * CSV files of one dialect, each with a header of its own: columns are found by name. Spark's own
 * reader is not used: what is written in another dialect it gives as text, with quotes and escapes.
 */
final class CsvSource {
  private static final int HEADS = 100;
  private static final int LEAST_BYTES = 1 << 16;
  private static final int MOST_BYTES = 1 << 20;
  private static final int ALL_BYTES = 1 << 22;

  private final Broadcast<SerializableConfiguration> hadoop;
  private final CsvSniffer.Finding finding;
  private final List<String> columns;

  private CsvSource(
      Broadcast<SerializableConfiguration> hadoop,
      CsvSniffer.Finding finding,
      List<String> columns) {
    this.hadoop = hadoop;
    this.finding = finding;
    this.columns = columns;
  }

  /**
   * Finds the dialect from the beginnings of the first hundred files, and the columns from the
   * headers of all.
   */
  static CsvSource open(SparkSession spark, List<Path> files, CsvOptions options)
      throws IOException {
    Configuration configuration = spark.sessionState().newHadoopConf();
    List<CsvSniffer.Head> heads = new ArrayList<>();
    int bytes = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, ALL_BYTES / Math.max(1, files.size())));
    for (Path file : files.subList(0, Math.min(HEADS, files.size()))) {
      heads.add(head(file.getFileSystem(configuration), file, bytes));
    }
    CsvSniffer.Finding finding = new CsvSniffer(options).find(heads);
    List<String> columns =
        files.parallelStream()
            .flatMap(file -> header(configuration, file, finding.dialect()).stream())
            .distinct()
            .toList();
    return new CsvSource(
        JavaSparkContext.fromSparkContext(spark.sparkContext())
            .broadcast(new SerializableConfiguration(configuration)),
        finding,
        columns);
  }

  private static List<String> header(Configuration configuration, Path file, CsvDialect dialect) {
    try (CsvRecords records = records(configuration, file, dialect)) {
      return header(file, records);
    } catch (IOException unreadable) {
      throw SourceErrors.sourceUnreadable(file.toString(), unreadable);
    }
  }

  private static CsvSniffer.Head head(FileSystem system, Path file, int most) throws IOException {
    try (InputStream text = TextCodecs.open(system, file)) {
      byte[] bytes = text.readNBytes(most);
      return new CsvSniffer.Head(
          file.toString(), new String(bytes, StandardCharsets.UTF_8), bytes.length < most);
    }
  }

  static CsvRecords records(Configuration configuration, Path file, CsvDialect dialect)
      throws IOException {
    Reader text =
        new InputStreamReader(
            TextCodecs.open(file.getFileSystem(configuration), file), StandardCharsets.UTF_8);
    return new CsvRecords(text, dialect);
  }

  /**
   * The names of a file's columns; none for an empty file. A column without a name gets one by its
   * place, a second one of a name its place behind the name, as Spark has it.
   */
  static List<String> header(Path file, CsvRecords records) throws IOException {
    Optional<CsvRecord> first = records.next();
    if (first.isEmpty()) {
      return List.of();
    }
    List<String> values = first.get().values();
    if (!first.get().fits(values.size())) {
      throw SourceErrors.csvDialectUnclear(List.of(file.toString()));
    }
    List<String> names = new ArrayList<>();
    for (int place = 0; place < values.size(); place++) {
      String name = values.get(place) == null ? "_c" + place : values.get(place);
      names.add(names.contains(name) ? name + place : name);
    }
    return names;
  }

  List<String> columns() {
    return columns;
  }

  /** The dialect, for the user. */
  String describe() {
    return finding.dialect().describe()
        + (finding.assumed()
            ? " (assumed: no quote within a field tells; name it with --csv escape=doubled|backslash)"
            : "");
  }

  /**
   * The type of the rows of some columns: text, and last the raw text of a record that is no record
   * of its file.
   */
  static StructType schema(List<String> columns, String corruptColumn) {
    StructType schema = new StructType();
    for (String column : columns) {
      schema = schema.add(column, DataTypes.StringType);
    }
    return schema.add(corruptColumn, DataTypes.StringType);
  }

  /**
   * The records of some files.
   *
   * @param paths rows whose first column is the path of a file
   * @param wanted names of the columns to read; null where a file has none of the name
   * @param corruptColumn see {@link #schema}
   */
  Dataset<Row> rows(Dataset<Row> paths, List<String> wanted, String corruptColumn) {
    return paths.flatMap(
        new CsvFileReader(hadoop, finding.dialect(), List.copyOf(wanted)),
        Encoders.row(schema(wanted, corruptColumn)));
  }
}

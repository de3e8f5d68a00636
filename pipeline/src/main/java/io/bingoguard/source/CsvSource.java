package io.bingoguard.source;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * CSV files of one dialect, each with a header of its own: columns are found by name. Spark's own
 * reader is not used: what is written in another dialect it gives as text, with quotes and escapes.
 */
final class CsvSource {
  private static final int HEADS = 100;
  private static final int LEAST_BYTES = 1 << 16;
  private static final int MOST_BYTES = 1 << 20;
  private static final int ALL_BYTES = 1 << 22;

  private static final String FILE_COLUMN = "_bingoguard_file";
  private static final String ROW_COLUMN = "_bingoguard_row";

  private final Configuration configuration;
  private final CsvSniffer.Finding finding;

  private CsvSource(Configuration configuration, CsvSniffer.Finding finding) {
    this.configuration = configuration;
    this.finding = finding;
  }

  /** Finds the dialect from the beginnings of the first hundred files. */
  static CsvSource open(SparkSession spark, List<String> files, CsvOptions options)
      throws IOException {
    Configuration configuration = spark.sessionState().newHadoopConf();
    List<CsvSniffer.Head> heads = new ArrayList<>();
    int bytes = Math.max(LEAST_BYTES, Math.min(MOST_BYTES, ALL_BYTES / Math.max(1, files.size())));
    for (String file : files.subList(0, Math.min(HEADS, files.size()))) {
      heads.add(head(configuration, new Path(file), bytes));
    }
    CsvSniffer.Finding finding = new CsvSniffer(options).find(heads);
    return new CsvSource(configuration, finding);
  }

  /** The columns of a file, by its header; none for an empty file. All of them are text. */
  StructType columns(String file) throws IOException {
    Path path = new Path(file);
    try (CsvRecords records = records(configuration, path, finding.dialect())) {
      return header(path, records);
    }
  }

  private static CsvSniffer.Head head(Configuration configuration, Path file, int most)
      throws IOException {
    byte[] bytes = new byte[most];
    int length = 0;
    boolean whole = false;
    try (InputStream text = TextCodecs.open(configuration, file)) {
      int more = 0;
      while (more >= 0 && length < most) {
        length += more;
        more = text.read(bytes, length, most - length);
      }
      whole = length < most;
    } catch (EOFException torn) {
      // Whoever reads the file meets it again, and names the file.
    }
    return new CsvSniffer.Head(
        file.toString(), new String(bytes, 0, length, StandardCharsets.UTF_8), whole);
  }

  static CsvRecords records(Configuration configuration, Path file, CsvDialect dialect)
      throws IOException {
    Reader text =
        new InputStreamReader(
            TextCodecs.open(configuration, file),
            StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPLACE)
                .onUnmappableCharacter(CodingErrorAction.REPLACE)
                .replaceWith(CsvRecord.NOT_UTF_8));
    return new CsvRecords(text, dialect);
  }

  /**
   * A file's columns, all of them text; none for an empty file. A column without a name gets one by
   * its place, a second one of a name its place behind the name, as Spark has it.
   */
  static StructType header(Path file, CsvRecords records) throws IOException {
    Optional<CsvRecord> first = records.next();
    if (first.isEmpty()) {
      return new StructType();
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
    return texts(names);
  }

  private static StructType texts(List<String> names) {
    StructType columns = new StructType();
    for (String name : names) {
      columns = columns.add(name, DataTypes.StringType);
    }
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
    return texts(columns).add(corruptColumn, DataTypes.StringType);
  }

  /**
   * The records of some files; behind the columns of {@link #schema} each row has the path of its
   * file, encoded as a URI, and its position among the file's records.
   *
   * @param wanted names of the columns to read; null where a file has none of the name
   * @param corruptColumn see {@link #schema}
   */
  Dataset<Row> rows(
      SparkSession session, List<DataFile> files, List<String> wanted, String corruptColumn) {
    return SpanReading.rows(
        session,
        files.stream().map(FileSpan::whole).toList(),
        new CsvFileReader(finding.dialect(), List.copyOf(wanted)),
        schema(wanted, corruptColumn)
            .add(FILE_COLUMN, DataTypes.StringType)
            .add(ROW_COLUMN, DataTypes.LongType));
  }
}

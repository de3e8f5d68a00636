package io.bingoguard.source;

import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.DataStreamReader;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * The files of a corpus as a stream: each row is a file that arrived, not a record. So the stream
 * needs no schema of its own, and each micro-batch can be read by what its files hold.
 */
final class FileStream {
  private static final String PATH = "path";
  private static final String LENGTH = "length";
  private static final String MODIFIED = "modificationTime";

  /** Spark's own for files as they are; the content is not asked for, and then not read. */
  private static final StructType WHOLE_FILES =
      new StructType()
          .add(PATH, DataTypes.StringType)
          .add(MODIFIED, DataTypes.TimestampType)
          .add(LENGTH, DataTypes.LongType)
          .add("content", DataTypes.BinaryType);

  private static final String PATTERN_LETTERS = "[\\\\{}\\[\\]*?]";

  private FileStream() {}

  /**
   * Whether Spark can follow the files. It takes a stream's path for a pattern where it looks like
   * one; that is escaped, but Hadoop cannot follow a pattern past a name with a colon.
   */
  static boolean possible(CorpusFiles files) {
    String path = files.path().toUri().getPath();
    return literally(path).equals(path) || path.indexOf(':') < 0;
  }

  static Dataset<Row> open(SparkSession session, CorpusFiles files, OptionalInt maxFiles) {
    DataStreamReader reader = session.readStream().format("binaryFile").schema(WHOLE_FILES);
    maxFiles.ifPresent(most -> reader.option("maxFilesPerTrigger", most));
    if (files.filterNames()) {
      reader.option("pathGlobFilter", files.format().fileNameGlob());
    }
    return reader
        // Otherwise folders named key=value would become columns of types that Spark guesses.
        .option("recursiveFileLookup", true)
        // Spark's default leaves out, without a word, new files dated a week before the newest one.
        .option("maxFileAge", "100000d")
        .load(literally(files.path().toString()))
        .select(PATH, LENGTH, MODIFIED);
  }

  /** The files of a micro-batch. */
  static List<DataFile> files(Dataset<Row> arrived) {
    return arrived.collectAsList().stream()
        .map(row -> new DataFile(row.getString(0), row.getLong(1), row.getTimestamp(2).getTime()))
        .sorted(Comparator.comparing(DataFile::path))
        .toList();
  }

  private static String literally(String path) {
    return path.replaceAll(PATTERN_LETTERS, "\\\\$0");
  }
}

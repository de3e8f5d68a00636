package io.bingoguard.curate;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Writes records in the format of their corpus and counts what was written: a Delta table, or for
 * each file of the corpus a folder {@code bingoguard_part=NUMBER} with its records in their order.
 *
 * @param format of the corpus
 * @param numbers of the files, by path
 * @param packing of lines
 */
record RecordWriter(
    SparkSession spark, CorpusFormat format, Map<String, Integer> numbers, Packing packing) {
  /** What the folder of a file is called before its number. */
  static final String PART = "bingoguard_part";

  private static final StructType NUMBERED =
      new StructType()
          .add(CorpusRecords.FILE, DataTypes.StringType, false)
          .add(PART, DataTypes.IntegerType, false);
  private static final Pattern NEEDS_MAPPING = Pattern.compile("[ ,;{}()\n\t=]");

  RecordWriter {
    numbers = Map.copyOf(numbers);
  }

  void write(Dataset<Row> records, String folder) {
    switch (format) {
      case JSON_LINES ->
          // The bytes stay as they are: Spark neither looks at nor changes what a string holds.
          inOrder(records)
              .select(col(PART), col(CorpusRecords.RECORD).cast("string"))
              .write()
              .partitionBy(PART)
              .option("compression", packing.codec())
              .text(folder);
      case PARQUET ->
          inOrder(records)
              .select(col(PART), col(CorpusRecords.RECORD + ".*"))
              .write()
              .partitionBy(PART)
              .parquet(folder);
      case DELTA -> table(records.select(col(CorpusRecords.RECORD + ".*")), folder);
      case CSV -> throw new IllegalStateException("CSV is not written");
    }
  }

  private Dataset<Row> inOrder(Dataset<Row> records) {
    List<Row> rows = new ArrayList<>();
    numbers.forEach((path, number) -> rows.add(RowFactory.create(path, number)));
    return records
        .join(broadcast(spark.createDataFrame(rows, NUMBERED)), CorpusRecords.FILE)
        .orderBy(PART, CorpusRecords.ROW);
  }

  private static void table(Dataset<Row> rows, String folder) {
    DataFrameWriter<Row> writer = rows.write().format("delta");
    if (Arrays.stream(rows.columns()).anyMatch(RecordWriter::mapped)) {
      writer = writer.option("delta.columnMapping.mode", "name");
    }
    writer.save(folder);
  }

  /** Whether a table can have such a column only where its columns are mapped to other names. */
  private static boolean mapped(String column) {
    return NEEDS_MAPPING.matcher(column).find();
  }

  /** What the names of files end with. */
  String ending() {
    return format == CorpusFormat.PARQUET ? ".parquet" : ".jsonl" + packing.ending();
  }

  /** Number of records by the number of their file; those of a table, or of no such file, by 0. */
  Map<Integer, Long> countRead(Dataset<Row> records) {
    Map<Integer, Long> counts = new HashMap<>();
    for (Row row : records.groupBy(CorpusRecords.FILE).count().collectAsList()) {
      int number = row.isNullAt(0) ? 0 : numbers.getOrDefault(row.getString(0), 0);
      counts.merge(number, row.getLong(1), Long::sum);
    }
    return counts;
  }

  /** Number of records in the folder of each number; of a table, of all under 0. */
  Map<Integer, Long> count(String folder) {
    return switch (format) {
      case JSON_LINES -> byPart(spark.read().option("lineSep", "\n").text(folder));
      case PARQUET -> byPart(spark.read().parquet(folder));
      case DELTA -> Map.of(0, spark.read().format("delta").load(folder).count());
      case CSV -> throw new IllegalStateException("CSV is not written");
    };
  }

  private static Map<Integer, Long> byPart(Dataset<Row> records) {
    Map<Integer, Long> counts = new HashMap<>();
    records
        // A session may be set not to find out the types of such columns.
        .groupBy(col(PART).cast("int"))
        .count()
        .collectAsList()
        .forEach(row -> counts.put(row.getInt(0), row.getLong(1)));
    return counts;
  }
}

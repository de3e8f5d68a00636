package io.bingoguard.curate;

import static org.apache.spark.sql.functions.col;

import io.bingoguard.source.CorpusFormat;
import io.bingoguard.source.CorpusRecords;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.NullWritable;
import org.apache.hadoop.io.Text;
import org.apache.hadoop.io.compress.CompressionCodec;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.hadoop.mapreduce.lib.output.FileOutputFormat;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import scala.Tuple2;

/**
 * Writes records in the format of their corpus, in its order, and counts what was written.
 *
 * @param format of the corpus
 * @param example name of one of its files, for how it is packed
 */
record RecordWriter(SparkSession spark, CorpusFormat format, Optional<String> example) {
  private static final String PARQUET = "parquet";
  private static final String DELTA = "delta";
  private static final Pattern NEEDS_MAPPING = Pattern.compile("[ ,;{}()\n\t=]");

  void write(Dataset<Row> records, String folder) {
    switch (format) {
      case JSON_LINES -> lines(inOrder(records), folder);
      case PARQUET -> columns(inOrder(records), PARQUET, folder);
      case DELTA -> columns(records, DELTA, folder);
      case CSV -> throw new IllegalStateException("CSV is not written");
    }
  }

  private static Dataset<Row> inOrder(Dataset<Row> records) {
    return records.orderBy(CorpusRecords.FILE, CorpusRecords.ROW);
  }

  private static void columns(Dataset<Row> records, String format, String folder) {
    Dataset<Row> rows = records.select(col(CorpusRecords.RECORD + ".*"));
    DataFrameWriter<Row> writer = rows.write().format(format).mode(SaveMode.ErrorIfExists);
    if (format.equals(DELTA) && Arrays.stream(rows.columns()).anyMatch(RecordWriter::mapped)) {
      writer = writer.option("delta.columnMapping.mode", "name");
    }
    writer.save(folder);
  }

  /** Whether a table can have such a column only where its columns are mapped to other names. */
  private static boolean mapped(String column) {
    return NEEDS_MAPPING.matcher(column).find();
  }

  private void lines(Dataset<Row> records, String folder) {
    Configuration hadoop = spark.sessionState().newHadoopConf();
    codec(hadoop).ifPresent(codec -> pack(hadoop, codec));
    records
        .select(CorpusRecords.RECORD)
        .javaRDD()
        .mapToPair(row -> new Tuple2<>(NullWritable.get(), new Text(row.<byte[]>getAs(0))))
        .saveAsNewAPIHadoopFile(folder, NullWritable.class, Text.class, LinesOutput.class, hadoop);
  }

  private Optional<CompressionCodec> codec(Configuration hadoop) {
    return example.map(name -> new CompressionCodecFactory(hadoop).getCodec(new Path(name)));
  }

  private static void pack(Configuration hadoop, CompressionCodec codec) {
    hadoop.setBoolean(FileOutputFormat.COMPRESS, true);
    hadoop.set(FileOutputFormat.COMPRESS_CODEC, codec.getClass().getName());
  }

  /** Number of records of a folder that was written. */
  long count(String folder) {
    return switch (format) {
      case JSON_LINES -> spark.read().option("lineSep", "\n").text(folder).count();
      case PARQUET -> spark.read().parquet(folder).count();
      case DELTA -> spark.read().format(DELTA).load(folder).count();
      case CSV -> throw new IllegalStateException("CSV is not written");
    };
  }
}

package io.bingoguard.curate;

import io.bingoguard.source.CorpusRecords;
import io.bingoguard.source.DataFile;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table of the files whose records are in the sets, a row each. */
final class CuratedFiles {
  private static final StructType SCHEMA =
      new StructType()
          .add(CorpusRecords.FILE, DataTypes.StringType, false, "Path of a file of the corpus")
          .add("bytes", DataTypes.LongType, false, "Its length when it was read")
          .add("modified", DataTypes.LongType, false, "Its last change, milliseconds since 1970")
          .add(
              "number",
              DataTypes.IntegerType,
              false,
              "The number in the names of its files in both sets; 0 for a Delta table")
          .add("records", DataTypes.LongType, true, "Its records; null for a Delta table")
          .add("kept", DataTypes.LongType, true, "How many are kept; null for a Delta table")
          .add("removed", DataTypes.LongType, true, "How many are removed; null for a Delta table");

  private CuratedFiles() {}

  /** Paths as rows, under the name that they have in the tables. */
  static Dataset<Row> paths(SparkSession spark, Collection<String> paths) {
    return spark.createDataset(List.copyOf(paths), Encoders.STRING()).toDF(CorpusRecords.FILE);
  }

  static List<CuratedFile> read(SparkSession spark, String path) {
    List<CuratedFile> files = new ArrayList<>();
    for (Row row : spark.read().format("delta").load(path).collectAsList()) {
      files.add(
          new CuratedFile(
              row.<Integer>getAs("number"),
              new DataFile(
                  row.getAs(CorpusRecords.FILE),
                  row.<Long>getAs("bytes"),
                  row.<Long>getAs("modified")),
              row.isNullAt(row.fieldIndex("records"))
                  ? Optional.empty()
                  : Optional.of(
                      new SetCounts(
                          row.<Long>getAs("records"),
                          row.<Long>getAs("kept"),
                          row.<Long>getAs("removed")))));
    }
    return files;
  }

  static void write(SparkSession spark, String path, List<CuratedFile> files) {
    List<Row> rows = new ArrayList<>();
    for (CuratedFile each : files) {
      rows.add(
          RowFactory.create(
              each.file().path(),
              each.file().length(),
              each.file().modified(),
              each.number(),
              each.counts().map(SetCounts::records).orElse(null),
              each.counts().map(SetCounts::kept).orElse(null),
              each.counts().map(SetCounts::removed).orElse(null)));
    }
    Dataset<Row> table = spark.createDataFrame(rows, SCHEMA);
    table.coalesce(1).write().format("delta").save(path);
  }
}

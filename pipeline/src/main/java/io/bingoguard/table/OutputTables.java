package io.bingoguard.table;

import java.util.Objects;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** The tables of an output for those who only read, whatever columns they have. */
public final class OutputTables {
  private final SparkSession spark;
  private final OutputDirectory output;

  private OutputTables(SparkSession spark, OutputDirectory output) {
    this.spark = Objects.requireNonNull(spark, "spark");
    this.output = Objects.requireNonNull(output, "output");
  }

  /** Of an output; nothing is read. */
  public static OutputTables of(SparkSession spark, OutputDirectory output) {
    return new OutputTables(spark, output);
  }

  /** The rows of a table as they are now; absent where there is no such table. */
  public Optional<Dataset<Row>> read(String name) {
    PathTable table = new PathTable(spark, output.root() + "/" + name, TableSpec.UNKNOWN);
    return table.exists() ? Optional.of(table.read()) : Optional.empty();
  }
}

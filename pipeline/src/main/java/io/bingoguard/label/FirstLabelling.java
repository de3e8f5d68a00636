package io.bingoguard.label;

import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.table.InputFiles;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** Labels the exchanges at the beginning of an input, in one commit, and remembers nothing. */
final class FirstLabelling {
  private final SparkSession spark;
  private final List<Row> exchanges;

  /**
   * A quick look.
   *
   * @param exchanges rows of {@link ExchangeRow}, held by the driver
   */
  FirstLabelling(SparkSession spark, List<Row> exchanges) {
    this.spark = spark;
    this.exchanges = exchanges;
  }

  long conversations() {
    return exchanges.stream()
        .filter(row -> row.<Integer>getAs(ExchangeRow.TURN_INDEX) == 0)
        .count();
  }

  /**
   * Labels them.
   *
   * @param input the input, without files: none is read whole
   */
  void run(LabelWriter writer, InputFiles input) {
    int parallelism = spark.sparkContext().defaultParallelism();
    writer.write(
        spark
            .createDataFrame(exchanges, ExchangeRow.schema())
            .repartition(Math.max(1, Math.min(parallelism, exchanges.size()))),
        input);
  }
}

package io.bingoguard.table;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.element_at;
import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import java.util.Arrays;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;

class LabelStatisticsTest {
  @Test
  void ordersCategoriesByNumber() {
    Dataset<Row> labels =
        Exchanges.labelled(
                new FakeLabeller(FakeLabeller.stamp("run-1"), false),
                Exchanges.row("c", 0, "a harmful wish", "a harmful reply"),
                Exchanges.row("c", 1, "a harmful wish", "a harmful reply"),
                Exchanges.row("c", 2, "a harmful wish", "hello"))
            .withColumn("prompt_category", byTurn("S10", "S2", "S1"))
            .withColumn("response_category", byTurn("S11", "S9", "S3"));

    LabelStatistics counted = LabelStatistics.of(labels);

    assertThat(counted.promptsByCategory().keySet()).containsExactly("S1", "S2", "S10");
    assertThat(counted.responsesByCategory().keySet()).containsExactly("S3", "S9", "S11");
  }

  private static Column byTurn(String... codes) {
    Column[] literals = Arrays.stream(codes).map(functions::lit).toArray(Column[]::new);
    return element_at(array(literals), col("turn_index").plus(1));
  }
}

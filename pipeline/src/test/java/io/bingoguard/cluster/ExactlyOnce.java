package io.bingoguard.cluster;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.delta.DeltaLog;

/** What has to be true of an output whatever happened to the runs that made it. */
final class ExactlyOnce {
  private ExactlyOnce() {}

  /**
   * Fails unless every exchange is labelled once, every file is known as it is now, and no run is
   * said to go on.
   *
   * @param tables folder of the output's tables
   */
  static void verify(Path tables, GrowingCorpus corpus) {
    // Other processes have written to the tables, and tests have put older ones in their place.
    DeltaLog.clearCache();
    everyExchange(table(tables, "labels"), corpus.exchanges());
    everyFile(table(tables, "files"), corpus);
    assertThat(table(tables, "runs").where("status = 'running'").count()).as("running").isZero();
  }

  private static void everyExchange(Dataset<Row> labels, List<GrowingCorpus.Placed> exchanges) {
    assertThat(labels.where("label_status <> 'ok' OR turn_index <> 0").count()).isZero();
    Map<GrowingCorpus.Placed, Long> times =
        labels
            .select(LabelRow.CONVERSATION_ID, LabelRow.INPUT_FILE, LabelRow.INPUT_ROW)
            .collectAsList()
            .stream()
            .map(
                row -> new GrowingCorpus.Placed(row.getString(0), row.getString(1), row.getLong(2)))
            .collect(Collectors.groupingBy(placed -> placed, Collectors.counting()));
    Map<GrowingCorpus.Placed, Long> wrong = new HashMap<>(times);
    exchanges.forEach(exchange -> wrong.merge(exchange, -1L, ExactlyOnce::sumOrGone));
    assertThat(wrong).as("exchanges by how much too often or, below 0, too seldom").isEmpty();
  }

  private static Long sumOrGone(long times, long expected) {
    long sum = times + expected;
    return sum == 0 ? null : sum;
  }

  private static void everyFile(Dataset<Row> files, GrowingCorpus corpus) {
    Map<String, Long> known =
        files.where("status = 'labelled'").orderBy(col("recorded_at")).collectAsList().stream()
            .collect(
                Collectors.toMap(
                    row -> row.<String>getAs("file"),
                    row -> row.<Long>getAs("bytes"),
                    (older, newer) -> newer));
    Map<String, Long> there =
        corpus.files().stream().collect(Collectors.toMap(corpus::qualified, ExactlyOnce::bytes));
    assertThat(known).isEqualTo(there);
  }

  private static long bytes(Path file) {
    try {
      return Files.size(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Dataset<Row> table(Path tables, String name) {
    return SharedSpark.session().read().format("delta").load(tables + "/" + name);
  }
}

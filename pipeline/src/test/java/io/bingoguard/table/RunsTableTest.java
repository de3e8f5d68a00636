package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.FakeLabeler;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTableTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir Path folder;

  @Test
  void keepsOneRowARunWithItsFigures() {
    RunsTable runs =
        RunsTable.open(
            spark, OutputDirectory.open(folder.toString(), spark.sessionState().newHadoopConf()));
    RunRecord finished = run("run-1", 0, Optional.empty());

    runs.append(finished);
    runs.append(finished);
    runs.append(run("run-2", 1, Optional.of("the disk is full")));

    assertThat(runs.read().count()).isEqualTo(2);
    Row row = runs.read().where("run_id = 'run-1'").first();
    assertThat(row.<Long>getAs("exchanges")).isEqualTo(30);
    assertThat(row.<Double>getAs("seconds")).isEqualTo(10.0);
    assertThat(row.<Double>getAs("exchanges_per_second")).isEqualTo(3.0);
    assertThat(row.<String, Long>getJavaMap(row.fieldIndex("by_status")))
        .containsOnly(Map.entry("ok", 28L), Map.entry("error", 2L));
    assertThat(runs.read().where("exit_code = 1").first().<String>getAs("error_message"))
        .isEqualTo("the disk is full");
  }

  private static RunRecord run(String id, int exitCode, Optional<String> error) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    return new RunRecord(
        FakeLabeler.stamp(id),
        start,
        start.plusSeconds(10),
        "corpus.jsonl",
        "json, messages",
        Map.of("spark.bingoguard.batch", "1"),
        Map.of("ok", 28L, "error", 2L),
        300,
        exitCode,
        error);
  }
}

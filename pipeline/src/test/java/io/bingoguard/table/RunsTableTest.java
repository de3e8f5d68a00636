package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.engine.EngineReport;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.score.EngineCounter;
import io.bingoguard.score.EngineMetrics;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunsTableTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir Path folder;

  @Test
  void keepsOneRowARunWithItsFigures() {
    RunsTable runs = runs();
    runs.create();
    RunRecord finished = run("run-1", Optional.empty());

    runs.begin(finished.start());
    assertThat(runs.running().select("run_id").first().getString(0)).isEqualTo("run-1");
    runs.end(finished);
    runs.end(run("run-1", Optional.of(ErrorCode.RUN_FAILED.error("told so by mistake"))));
    runs.end(run("run-2", Optional.of(ErrorCode.RUN_FAILED.error("the disk is full"))));

    assertThat(runs.read().count()).isEqualTo(2);
    Row row = runs.read().where("run_id = 'run-1'").first();
    assertThat(row.<String>getAs("status")).isEqualTo("finished");
    assertThat(row.<Long>getAs("exchanges")).isEqualTo(30);
    assertThat(row.<Double>getAs("seconds")).isEqualTo(10.0);
    assertThat(row.<Double>getAs("exchanges_per_second")).isEqualTo(3.0);
    assertThat(row.<String, Long>getJavaMap(row.fieldIndex("by_status")))
        .containsOnly(Map.entry("ok", 28L), Map.entry("error", 2L));
    assertThat(row.<String, Long>getJavaMap(row.fieldIndex("files")))
        .containsOnly(
            Map.entry("labelled", 4L),
            Map.entry("changed", 1L),
            Map.entry("gone", 0L),
            Map.entry("quarantined", 0L));
    Row executor = row.<Row>getList(row.fieldIndex("executors")).get(0);
    assertThat(executor.<String>getAs("device")).isEqualTo("cuda:1");
    assertThat(executor.getList(executor.fieldIndex("gpu_addresses"))).isEqualTo(List.of("1"));
    assertThat(executor.<Long>getAs("requests")).isEqualTo(60);
    assertThat(executor.<Double>getAs("busy_share")).isEqualTo(0.25);
    assertThat(runs.read().where("status = 'failed'").first().<String>getAs("error_message"))
        .isEqualTo("RUN_FAILED: the disk is full");
  }

  @Test
  void closesTheRowsOfRunsThatDied() {
    RunsTable runs = runs();
    runs.create();
    runs.begin(run("run-1", Optional.empty()).start());
    runs.end(run("run-2", Optional.empty()));

    int closed =
        runs.closeDead(
            Exchanges.labelled(
                new FakeLabeller(FakeLabeller.stamp("run-1"), false),
                Exchanges.row("c", 0, "hi", "hello")));

    assertThat(closed).isEqualTo(1);
    Row row = runs.read().where("run_id = 'run-1'").first();
    assertThat(row.<String>getAs("status")).isEqualTo("died");
    assertThat(row.<Long>getAs("exchanges")).isEqualTo(1);
    assertThat(row.<Object>getAs("exit_code")).isNull();
    assertThat(runs.running().isEmpty()).isTrue();
  }

  private RunsTable runs() {
    return RunsTable.of(
        spark, OutputDirectory.open(folder.toString(), spark.sessionState().newHadoopConf()));
  }

  static RunRecord run(String id, Optional<GuardException> failure) {
    Instant start = Instant.parse("2026-01-01T00:00:00Z");
    return new RunRecord(
        new RunStart(
            FakeLabeller.stamp(id),
            start,
            "file:/corpus.jsonl",
            "json, messages",
            Map.of("spark.bingoguard.batch", "1")),
        start.plusSeconds(10),
        new LabelStatistics(
            30,
            30,
            new TreeMap<>(Map.of("ok", 28L, "error", 2L)),
            28,
            0,
            0,
            new TreeMap<>(),
            new TreeMap<>(),
            new TreeMap<>(),
            300,
            0,
            4,
            40),
        new RunFiles(4, List.of("file:/a"), List.of(), List.of(), List.of(), List.of()),
        List.of(
            new EngineReport(
                "3",
                "worker-1",
                List.of("1"),
                "cuda:1",
                "CUDAExecutionProvider",
                "bf16",
                1,
                "copied",
                99,
                50L << 30,
                8192,
                20,
                new EngineMetrics.Snapshot(
                    Map.of(
                        EngineCounter.FORWARD_NANOS,
                        5_000_000_000L,
                        EngineCounter.PASSES,
                        7L,
                        EngineCounter.REQUESTS,
                        60L,
                        EngineCounter.USEFUL_TOKENS,
                        300L,
                        EngineCounter.COMPUTED_TOKENS,
                        400L,
                        EngineCounter.OUT_OF_MEMORY,
                        2L,
                        EngineCounter.ERRORS,
                        1L)))),
        failure);
  }
}

package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.label.LabelJob;
import io.bingoguard.label.ProgressDisplay;
import io.bingoguard.score.SeverityMode;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.LabelPartitions;
import io.bingoguard.spark.LabelSchema;
import io.bingoguard.spark.LabelingOptions;
import io.bingoguard.spark.RunStamp;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar on a cluster of two workers, against the same corpus in this JVM. */
class ClusterLabelIT {
  private static final Path CORPUS =
      Path.of("src/main/resources/io/bingoguard/sample/conversations.jsonl").toAbsolutePath();
  private static final Path SETTINGS = Path.of("..", "conf", "standalone-cpu.conf");

  @TempDir static Path folder;

  private static Submission.Ended ended;
  private static String executorLogs;

  @BeforeAll
  static void labelOnTheCluster() throws IOException {
    try (StandaloneCluster cluster =
        StandaloneCluster.start(new ClusterShape(2, 2, 0), folder.resolve("cluster"))) {
      ended =
          cluster
              .submit(
                  SETTINGS,
                  List.of("spark.executor.cores=2", "spark.executor.memory=600m"),
                  List.of("label", "--input", CORPUS.toString(), "--output", output("cluster")))
              .await();
      executorLogs = cluster.executorLogs();
    }
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
  }

  @Test
  void everyExchangeIsLabelledOnceAsInLocalMode() throws IOException {
    labelHere();

    Dataset<Row> cluster = labels("cluster");
    assertThat(cluster.select(LabelSchema.CONVERSATION_ID, LabelSchema.TURN_INDEX).distinct())
        .satisfies(keys -> assertThat(keys.count()).isEqualTo(cluster.count()));
    assertThat(cluster.collectAsList())
        .isNotEmpty()
        .containsExactlyInAnyOrderElementsOf(labels("local").collectAsList());
  }

  @Test
  void bothWorkersTookPart() {
    assertThat(executorLogs).contains("work-0", "work-1");
    assertThat(executorLogs.split("==> "))
        .filteredOn(log -> log.contains("Finished task"))
        .hasSize(2);
  }

  @Test
  void theSummaryCountsWhatTheTableHolds() {
    assertThat(ended.output())
        .contains("bingoguard-mini")
        .containsPattern("exchanges +" + labels("cluster").count());
  }

  private static void labelHere() {
    SparkSession spark = SharedSpark.session();
    RunStamp stamp = new RunStamp("run", "model", "revision", "pack", "engine");
    LabelJob.on(spark)
        .corpus(Corpus.open(spark, CorpusRequest.of(CORPUS.toString()).build()))
        .output(output("local"))
        .labeler(
            new LabelPartitions(
                new LabelingOptions("", Map.of(), SeverityMode.FLAGGED, stamp, false)))
        .stamp(stamp)
        .progress(
            new ProgressDisplay(
                new PrintStream(PrintStream.nullOutputStream()), false, Duration.ofMinutes(1)))
        .build()
        .execute();
  }

  private static String output(String name) {
    return folder.resolve("labelled-" + name).toString();
  }

  /** Labels without what tells one run from another. */
  private static Dataset<Row> labels(String name) {
    return SharedSpark.session()
        .read()
        .format("delta")
        .load(output(name) + "/labels")
        .drop(
            LabelSchema.MODEL_ID,
            LabelSchema.MODEL_REVISION,
            LabelSchema.PROMPT_PACK,
            LabelSchema.ENGINE_VERSION,
            LabelSchema.RUN_ID,
            LabelSchema.LABELLED_AT);
  }
}

package io.bingoguard.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.bundle.ModelRef;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.label.LabelJob;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The packed jar on a cluster of two workers, against the same corpus in this JVM. */
class ClusterLabelIT {
  private static final Path SAMPLE =
      Path.of("src/main/resources/io/bingoguard/sample/conversations.jsonl");
  private static final Path SETTINGS = Path.of("..", "conf", "standalone-cpu.conf");

  @TempDir static Path folder;

  private static Path corpus;
  private static Submission.Ended ended;
  private static String executorLogs;

  @BeforeAll
  static void labelOnTheCluster() throws IOException {
    corpus = writeCorpus(folder.resolve("corpus"));
    try (StandaloneCluster cluster =
        StandaloneCluster.start(new ClusterShape(2, 2, 0), folder.resolve("cluster"))) {
      ended =
          cluster
              .submit(
                  SETTINGS,
                  List.of("spark.executor.cores=2", "spark.executor.memory=600m"),
                  List.of("label", "--input", corpus.toString(), "--output", output("cluster")))
              .await();
      executorLogs = cluster.executorLogs();
    }
    assertThat(ended.exitCode()).as(ended.errors()).isZero();
  }

  @Test
  void everyExchangeIsLabelledOnceAsInLocalMode() throws IOException {
    labelHere();

    Dataset<Row> cluster = labels("cluster");
    assertThat(cluster.select(LabelRow.CONVERSATION_ID, LabelRow.TURN_INDEX).distinct())
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

  /** Half of the sample is packed in a way that Hadoop alone would not read. */
  private static Path writeCorpus(Path corpus) throws IOException {
    List<String> lines = Files.readAllLines(SAMPLE);
    int half = lines.size() / 2;
    Files.createDirectory(corpus);
    Files.write(corpus.resolve("plain.jsonl"), lines.subList(0, half));
    String rest = String.join("\n", lines.subList(half, lines.size()));
    Files.write(
        corpus.resolve("packed.jsonl.zst"), Zstd.compress(rest.getBytes(StandardCharsets.UTF_8)));
    return corpus;
  }

  private static void labelHere() {
    SparkSession spark = SharedSpark.session();
    RunStamp stamp = new RunStamp("run", new ModelIdentity("model", "revision", "pack"), "engine");
    LabelJob.on(spark)
        .corpus(Corpus.open(spark, CorpusRequest.of(corpus.toString()).build()))
        .output(OutputDirectory.open(output("local"), new Configuration()))
        .options(
            new LabellingOptions(
                new ModelRef.Demo(),
                Map.of(),
                SeverityMode.FLAGGED,
                TextHandling.PLAIN,
                stamp,
                false))
        .progress(
            new ProgressDisplay(
                new PrintStream(PrintStream.nullOutputStream()), false, Duration.ofMinutes(1)))
        .prepare()
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
            LabelRow.MODEL_ID,
            LabelRow.MODEL_REVISION,
            LabelRow.PROMPT_PACK,
            LabelRow.ENGINE_VERSION,
            LabelRow.RUN_ID,
            LabelRow.LABELLED_AT);
  }
}

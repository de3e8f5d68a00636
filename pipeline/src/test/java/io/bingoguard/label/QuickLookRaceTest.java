package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Two runs at once on an output of which one is limited to the first exchanges. */
class QuickLookRaceTest {
  /** Called within the first task; Spark would copy what a labeller holds. */
  private static final AtomicReference<Runnable> MEANWHILE = new AtomicReference<>(() -> {});

  private final SparkSession spark = SharedSpark.session();

  @TempDir Path folder;

  @Test
  void ofTwoQuickLooksTheSecondIsRefused() {
    LabelJob job = limited("run-1", QuickLookRaceTest::meanwhile);
    MEANWHILE.set(() -> limited("run-2", labeller("run-2")).execute());

    assertThatThrownBy(job::execute).extracting("code").isEqualTo(ErrorCode.OUTPUT_IN_USE);
    assertThat(labels()).isEqualTo(3);
  }

  @Test
  void aWholeRunThatBeganBeforeALimitIsRefusedAtItsNextBatch() {
    LabelJob whole = builder("run-1", labeller("run-1")).prepare();
    limited("run-2", labeller("run-2")).execute();

    assertThatThrownBy(whole::execute).extracting("code").isEqualTo(ErrorCode.OUTPUT_UNSUITABLE);
    assertThat(labels()).isEqualTo(3);
  }

  @Test
  void aQuickLookTellsOfRowsThatCameBetween() {
    LabelJob job = limited("run-1", QuickLookRaceTest::meanwhile);
    MEANWHILE.set(
        () ->
            Exchanges.labelled(labeller("run-2"), Exchanges.row("c", 0, "hi", "hello"))
                .write()
                .format("delta")
                .mode("append")
                .save(job.labels().path()));

    assertThatThrownBy(job::execute)
        .hasMessageContaining("without --limit")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_IN_USE);
  }

  private static Iterator<Row> meanwhile(Iterator<Row> rows) throws InterruptedException {
    // Not in the task's own thread, which Spark takes for an executor's.
    Thread thread = new Thread(MEANWHILE.getAndSet(() -> {}));
    thread.start();
    thread.join();
    return labeller("run-1").call(rows);
  }

  private static FakeLabeller labeller(String run) {
    return new FakeLabeller(FakeLabeller.stamp(run), false);
  }

  private LabelJob limited(String run, MapPartitionsFunction<Row, Row> labeller) {
    return builder(run, labeller).limit(3).prepare();
  }

  private LabelJobBuilder builder(String run, MapPartitionsFunction<Row, Row> labeller) {
    return LabelJob.on(spark)
        .corpus(Corpus.open(spark, CorpusRequest.of(corpus().toString()).build()))
        .output(OutputDirectory.open(folder.resolve("out").toString(), new Configuration()))
        .options(
            new LabellingOptions(
                new ModelRef.Demo(),
                Map.of(),
                SeverityMode.FLAGGED,
                TextHandling.PLAIN,
                FakeLabeller.stamp(run),
                false))
        .labeller(labeller)
        .progress(
            new ProgressDisplay(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                false,
                Duration.ofMinutes(1)));
  }

  private Path corpus() {
    String lines =
        IntStream.range(0, 9)
            .mapToObj("{\"prompt\":\"bread %d\",\"response\":\"flour\"}\n"::formatted)
            .collect(Collectors.joining());
    try {
      return Files.writeString(folder.resolve("corpus.jsonl"), lines);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private long labels() {
    return spark.read().format("delta").load(folder.resolve("out/labels").toString()).count();
  }
}

package io.bingoguard.label;

import io.bingoguard.bundle.ModelRef;
import io.bingoguard.guard.SeverityMode;
import io.bingoguard.progress.ProgressDisplay;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.spark.labelling.LabellingOptions;
import io.bingoguard.spark.labelling.TextHandling;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** What tests of labelling have in common: an input, an output, and runs with a fake labeller. */
abstract class LabelRuns {
  final SparkSession spark = SharedSpark.session();
  final ByteArrayOutputStream progress = new ByteArrayOutputStream();

  @TempDir Path folder;
  Path input;
  Path output;

  @BeforeEach
  void prepare() throws IOException {
    input = Files.createDirectory(folder.resolve("input"));
    output = folder.resolve("output");
  }

  LabelSummary run(String id) {
    return job(id, labeller(id), 32).execute();
  }

  LabelJobBuilder builder(String id, int maxFiles) {
    return builder(id, labeller(id), maxFiles);
  }

  LabelJob job(String id, FakeLabeller labeller, int maxFiles) {
    return builder(id, labeller, maxFiles).prepare();
  }

  LabelJobBuilder builder(String id, FakeLabeller labeller, int maxFiles) {
    return builder(id, labeller, maxFiles, corpus());
  }

  LabelJobBuilder builder(String id, FakeLabeller labeller, int maxFiles, Corpus corpus) {
    return builder(FakeLabeller.stamp(id), labeller, corpus)
        .policy(InputPolicy.USUAL.withFilesPerBatch(maxFiles));
  }

  LabelJobBuilder builder(RunStamp stamp, FakeLabeller labeller, Corpus corpus) {
    return LabelJob.on(spark)
        .corpus(corpus)
        .output(OutputDirectory.open(output.toString(), new Configuration()))
        .options(
            new LabellingOptions(
                new ModelRef.Demo(),
                Map.of(),
                SeverityMode.FLAGGED,
                TextHandling.PLAIN,
                stamp,
                true))
        .labeller(labeller)
        .progress(
            new ProgressDisplay(
                new PrintStream(progress, true, StandardCharsets.UTF_8),
                false,
                Duration.ofMinutes(1)));
  }

  Corpus corpus() {
    return Corpus.open(spark, CorpusRequest.of(input.toString()).build());
  }

  static FakeLabeller labeller(String id) {
    return new FakeLabeller(FakeLabeller.stamp(id), true);
  }

  void pairs(String file, int from, int to) throws IOException {
    Files.writeString(input.resolve(file), lines(from, to));
  }

  void parquet(String records) {
    spark
        .read()
        .json(spark.createDataset(List.of(records.replace('\'', '"')), Encoders.STRING()))
        .write()
        .mode("append")
        .parquet(input.toString());
  }

  /** Appends such pairs to the input, a Delta table, in one file. */
  void deltaTable(int from, int to) {
    List<String> records = lines(from, to).lines().toList();
    spark
        .read()
        .json(spark.createDataset(records, Encoders.STRING()))
        .coalesce(1)
        .write()
        .mode("append")
        .format("delta")
        .save(input.toString());
  }

  /** Runs a statement in which {@code %s} stands for the input. */
  void sql(String statement) {
    spark.sql(statement.formatted(input));
  }

  /** Every second prompt is harmful. */
  static String lines(int from, int to) {
    StringBuilder lines = new StringBuilder();
    for (String prompt : expected(from, to)) {
      lines.append("{\"prompt\":\"%s\",\"response\":\"a reply\"}\n".formatted(prompt));
    }
    return lines.toString();
  }

  static List<String> expected(int from, int to) {
    return IntStream.range(from, to)
        .mapToObj(i -> i % 2 == 0 ? "prompt %d harm".formatted(i) : "prompt " + i)
        .sorted()
        .toList();
  }

  void message(String id, String parent, String text, String role, String tree) throws IOException {
    String line =
        "{\"message_id\":\"%s\",\"parent_id\":%s,\"text\":\"%s\",\"role\":\"%s\",\"message_tree_id\":\"%s\"}\n"
            .formatted(id, parent == null ? "null" : "\"" + parent + "\"", text, role, tree);
    Path file = input.resolve("rows.jsonl");
    Files.writeString(file, Files.exists(file) ? Files.readString(file) + line : line);
  }

  Dataset<Row> labels() {
    return spark.read().format("delta").load(output.resolve("labels").toString());
  }

  Dataset<Row> files() {
    return spark.read().format("delta").load(output.resolve("files").toString());
  }

  Dataset<Row> runs() {
    return spark.read().format("delta").load(output.resolve("runs").toString());
  }

  List<String> prompts() {
    return labels().select("prompt_text").collectAsList().stream()
        .map(row -> row.getString(0))
        .sorted()
        .toList();
  }
}

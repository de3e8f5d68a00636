package io.bingoguard.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From labels to a sample, to answers, to what these tell. */
class ReviewsCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final int NIGHTS = 5;

  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("output");
  }

  @Test
  void theSampleIsStratifiedAndTheSameForTheSameSeed() {
    label("revision-1", 0, NIGHTS);
    DeltaTable.forPath(spark, output + "/labels")
        .update(
            col("conversation_id").equalTo("0-1"), Map.of("source_deleted", functions.lit(true)));

    export("--sample", 120, "--seed", 3, "--for", "csv", "--file", folder.resolve("a.csv"));
    export("--sample", 120, "--seed", 3, "--for", "csv", "--file", folder.resolve("b.csv"));
    export("--sample", 120, "--seed", 4, "--for", "csv", "--file", folder.resolve("c.csv"));

    assertThat(folder.resolve("b.csv")).hasSameTextualContentAs(folder.resolve("a.csv"));
    Dataset<Row> samples = table("review_sample");
    List<Row> each = samples.groupBy("sample_id", "seed").count().orderBy("seed").collectAsList();
    assertThat(each).extracting(row -> row.getLong(2)).containsExactly(120L, 120L);
    Dataset<Row> first = samples.where("seed = 3");
    assertThat(first.select("item_id").distinct().count()).isEqualTo(120);
    assertThat(first.where("conversation_id = '0-1'").count()).isZero();
    // Every message with a verdict is in one stratum, so that weights add up to all of them.
    double messages = first.agg(functions.sum("weight")).first().getDouble(0);
    assertThat(messages).isCloseTo(2.0 * (table("labels").count() - 3), within(1e-6));
    assertThat(
            first.select("stratum").distinct().orderBy("stratum").collectAsList().stream()
                .map(row -> row.getString(0)))
        .containsExactly(
            "prompt harmless 0.1-0.5", "response harmful S1 0.9-1", "response harmless 0.02-0.1");
    // Half of the list is half of every stratum, or nearly so.
    List<Row> half =
        first.where("place <= 60").groupBy("stratum_sample", "stratum").count().collectAsList();
    assertThat(half)
        .allSatisfy(
            row -> assertThat((double) row.getLong(2)).isCloseTo(row.getInt(0) / 2.0, within(1.5)));
  }

  @Test
  void onlyLabelsOfTheModelLastAtWorkAreSampled() {
    label("revision-1", 0, 2);
    label("revision-2", 1, 2);

    export("--sample", 40, "--for", "argilla", "--file", folder.resolve("records.json"));

    Dataset<Row> sample = table("review_sample");
    assertThat(sample.select("model_revision").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("revision-2");
    assertThat(sample.where("NOT conversation_id LIKE '1-%'").count()).isZero();
    assertThat(folder.resolve("records.settings.json")).exists();
  }

  @Test
  void answersAreTakenOnceAndMeasureTheLabels() throws IOException {
    label("revision-1", 0, NIGHTS);
    Path tasks = folder.resolve("tasks.json");
    export("--sample", 200, "--for", "label-studio", "--file", tasks);
    Path answers = annotated(tasks);

    JsonNode first = reviews("--import", answers).get("imported");
    long versions = version("reviews") + version("review_estimates");
    JsonNode second = reviews("--import", answers).get("imported");

    assertThat(first.get("added").asInt()).isEqualTo(300);
    assertThat(second.get("added").asInt()).isZero();
    assertThat(second.get("known").asInt()).isEqualTo(300);
    assertThat(version("reviews") + version("review_estimates")).isEqualTo(versions);
    Map<String, Row> figures = estimates();
    Row precision = figures.get("response precision S1");
    // Of those judged harmful people find four of five harmful, half of these in the category.
    assertThat(precision.<Double>getAs("estimate")).isCloseTo(0.8, within(0.03));
    assertThat(precision.<Double>getAs("expected")).isCloseTo(0.9, within(1e-9));
    assertThat(precision.<Double>getAs("low")).isBetween(0.6, 0.8);
    assertThat(figures.get("response category_precision S1").<Double>getAs("estimate"))
        .isCloseTo(0.4, within(0.05));
    Row prevalence = figures.get("response prevalence stratified");
    double judged = table("labels").where("response_harmful").count() / 6000.0;
    assertThat(prevalence.<Double>getAs("judged")).isCloseTo(judged, within(1e-9));
    assertThat(prevalence.<Double>getAs("estimate")).isCloseTo(0.8 * judged, within(0.01));
    assertThat(figures.get("response prevalence prediction_powered").isNullAt(5)).isFalse();
    assertThat(figures.get("prompt missed").<Double>getAs("estimate")).isZero();
    assertThat(figures.get("prompt missed").<Double>getAs("high")).isGreaterThan(0.01);

    Path page = folder.resolve("audit.html");
    CommandRun audit =
        CommandRun.of("audit", "--output", output, "--night", "2026-01-05", "--page", page);
    assertThat(audit.err()).isEmpty();
    assertThat(page).content().contains("Measured by people", "People reviewed 200 of 200");
  }

  @Test
  void severalPeopleMayDifferAndChangeTheirMinds() throws IOException {
    label("revision-1", 0, 1);
    Path sample = folder.resolve("sample.csv");
    export("--sample", 20, "--for", "csv", "--file", sample, "--side", "response");
    List<String> ids = ids();
    Path ann = answers("ann.csv", ids, "harmful");
    Path bob = answers("bob.csv", ids.subList(0, 10), "harmless");

    reviews("--import", ann, "--reviewer", "ann");
    reviews("--import", bob, "--reviewer", "bob");
    JsonNode changed =
        reviews("--import", answers("again.csv", ids.subList(0, 4), "unsure"), "--reviewer", "bob");

    assertThat(changed.at("/imported/changed").asInt()).isEqualTo(4);
    assertThat(table("reviews").groupBy("reviewer").count().orderBy("reviewer").collectAsList())
        .extracting(row -> row.getLong(1))
        .containsExactly(20L, 10L);
    Row prevalence = estimates().get("response prevalence stratified");
    assertThat(prevalence.<Long>getAs("reviewed")).isEqualTo(20);
    assertThat(prevalence.<Long>getAs("answers")).isEqualTo(26);
    assertThat(prevalence.<Long>getAs("disputed")).isEqualTo(6);
  }

  @Test
  void nothingIsEstimatedOfAStratumThatNobodyLookedAt() throws IOException {
    label("revision-1", 0, 1);
    export("--sample", 20, "--for", "csv", "--file", folder.resolve("sample.csv"));
    List<String> harmful =
        table("review_sample").where("harmful").select("item_id").collectAsList().stream()
            .map(row -> row.getString(0))
            .toList();

    reviews("--import", answers("some.csv", harmful, "harmful"), "--reviewer", "ann");

    assertThat(estimates().get("response precision").<Double>getAs("estimate")).isEqualTo(1);
    assertThat(estimates().get("response prevalence stratified").isNullAt(5)).isTrue();
    // Who calls a message harmful and names no category tells nothing of the categories.
    assertThat(estimates().get("response category_precision S1").isNullAt(5)).isTrue();
  }

  @Test
  void whatFitsNothingIsRefusedOrCounted() throws IOException {
    label("revision-1", 0, 1);
    export("--sample", 20, "--for", "csv", "--file", folder.resolve("sample.csv"));
    List<String> ids = ids();
    Path file =
        Files.writeString(
            folder.resolve("answers.csv"),
            "item_id,verdict,reviewer\n%s,harmful,ann\nnobody,harmful,ann\n%s,perhaps,ann\n%s,harmful,\n%s,,ann\n"
                .formatted(ids.get(0), ids.get(1), ids.get(2), ids.get(3)));

    CommandRun refused = CommandRun.of("reviews", "--output", output, "--import", file);
    assertThat(refused.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(refused.err())
        .contains(
            "error [REVIEWS_INVALID]",
            "3 answers of 5",
            "record 2: item nobody is of no sample",
            "record 3: verdict 'perhaps'",
            "record 4: no reviewer");
    assertThat(DeltaTable.isDeltaTable(spark, output + "/reviews")).isFalse();

    JsonNode counts = reviews("--import", file, "--unfit", "skip").get("imported");
    assertThat(counts.get("answers").asInt()).isEqualTo(5);
    assertThat(counts.get("added").asInt()).isEqualTo(1);
    assertThat(counts.get("unanswered").asInt()).isEqualTo(1);
    assertThat(counts.get("unfit")).hasSize(3);
  }

  @Test
  void whoAsksForMoreThanThereIsGetsAllAndIsTold() {
    label("revision-1", 0, 1);

    CommandRun export =
        CommandRun.of(
            "export",
            "--output",
            output,
            "--for",
            "csv",
            "--file",
            folder.resolve("sample.csv"),
            "--sample",
            5000);

    long items = table("review_sample").count();
    assertThat(items).isEqualTo(2 * table("labels").where("response_harmful IS NOT NULL").count());
    assertThat(export.out())
        .contains(
            "5,000 items were asked for, and %,d messages can be drawn".formatted(items),
            "%,d items written".formatted(items));
  }

  @Test
  void withoutASampleThereIsNothingToReview() {
    label("revision-1", 0, 1);

    CommandRun reviews = CommandRun.of("reviews", "--output", output);
    CommandRun again =
        CommandRun.of("export", "--output", output, "--for", "csv", "--file", folder.resolve("a"));
    CommandRun small =
        CommandRun.of(
            "export",
            "--output",
            output,
            "--for",
            "csv",
            "--file",
            folder.resolve("a"),
            "--sample",
            3);

    assertThat(reviews.err()).contains("error [REVIEW_SAMPLE_MISSING]");
    assertThat(again.err()).contains("error [REVIEW_SAMPLE_MISSING]");
    assertThat(small.err()).contains("error [REVIEW_SAMPLE_TOO_SMALL]", "at least 6");
    assertThat(List.of(reviews.exit(), again.exit(), small.exit())).containsOnly(ExitCode.USAGE);
  }

  @Test
  void textsComeFromTheCorpus() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      lines.add(
          "{\"id\":\"c%d\",\"prompt\":\"How do I wash bicycle %d?\",\"response\":\"With soap %d.\"}"
              .formatted(i, i, i));
    }
    Path corpus = Files.write(folder.resolve("corpus.jsonl"), lines);
    assertThat(CommandRun.of("label", "--input", corpus, "--output", output).exit()).isZero();
    Path tasks = folder.resolve("tasks.json");

    export("--sample", 30, "--for", "argilla", "--file", tasks, "--input", corpus);

    JsonNode records = JSON.readTree(tasks.toFile());
    assertThat(records).hasSize(30);
    for (JsonNode record : records) {
      String number = record.at("/metadata/conversation_id").asText().substring(1);
      boolean prompt = record.at("/metadata/side").asText().equals("prompt");
      assertThat(record.at("/fields/message").asText())
          .isEqualTo(
              prompt
                  ? "How do I wash bicycle %s?".formatted(number)
                  : "With soap %s.".formatted(number));
    }
    Path other =
        Files.writeString(folder.resolve("other.jsonl"), "{\"prompt\":\"a\",\"response\":\"b\"}\n");
    CommandRun wrong =
        CommandRun.of(
            "export", "--output", output, "--for", "csv", "--file", tasks, "--input", other);
    assertThat(wrong.err()).contains("error [REVIEW_TEXTS_MISSING]");
  }

  /** As Label Studio exports them: of every item one person's answer, of every second another's. */
  private Path annotated(Path tasks) throws IOException {
    Map<String, Row> labels = new HashMap<>();
    table("review_sample")
        .collectAsList()
        .forEach(row -> labels.put(row.<String>getAs("item_id"), row));
    ArrayNode exported = (ArrayNode) JSON.readTree(tasks.toFile());
    Map<Boolean, Integer> seen = new HashMap<>();
    int task = 0;
    for (JsonNode one : exported) {
      boolean judged = labels.get(one.at("/data/item_id").asText()).<Boolean>getAs("harmful");
      int place = seen.merge(judged, 1, Integer::sum);
      boolean harmful = judged && place % 5 != 0;
      for (int person = 0; person <= task % 2; person++) {
        ObjectNode annotation =
            ((ObjectNode) one).withArray("/annotations").addObject().put("completed_by", person);
        ArrayNode results = annotation.putArray("result");
        choose(results, "verdict", harmful ? "harmful" : "harmless");
        if (harmful) {
          choose(results, "category", place % 2 == 0 ? "S1" : "S2");
        }
      }
      task++;
    }
    return Files.writeString(folder.resolve("export.json"), exported.toString());
  }

  private static void choose(ArrayNode results, String name, String choice) {
    results.addObject().put("from_name", name).putObject("value").putArray("choices").add(choice);
  }

  private Path answers(String name, List<String> ids, String verdict) throws IOException {
    return Files.writeString(
        folder.resolve(name),
        ids.stream()
            .map(id -> id + "," + verdict + "\n")
            .collect(Collectors.joining("", "item_id,verdict\n", "")));
  }

  private List<String> ids() {
    return table("review_sample").orderBy("place").select("item_id").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }

  private void export(Object... options) {
    run("export", options);
  }

  private JsonNode reviews(Object... options) throws IOException {
    Path summary = folder.resolve("summary.json");
    List<Object> all = new ArrayList<>(List.of(options));
    all.addAll(List.of("--summary", summary));
    run("reviews", all.toArray());
    return JSON.readTree(summary.toFile());
  }

  private void run(String command, Object... options) {
    List<Object> all = new ArrayList<>(List.of(command, "--output", output));
    all.addAll(List.of(options));
    CommandRun run = CommandRun.of(all.toArray());
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).as(run.out()).isZero();
  }

  private Map<String, Row> estimates() {
    Map<String, Row> figures = new HashMap<>();
    for (Row row : table("review_estimates").collectAsList()) {
      String what = row.<String>getAs("measure");
      String detail =
          what.equals("prevalence") ? row.getAs("method") : row.<String>getAs("category");
      figures.put(row.getAs("side") + " " + what + (detail == null ? "" : " " + detail), row);
    }
    return figures;
  }

  /** Nights of 1,200 exchanges. */
  private void label(String revision, int from, int to) {
    new LabelledNights(spark, output.toString(), revision).append(from, to, 400, 0.2, NIGHTS - 1);
  }

  private Dataset<Row> table(String name) {
    return spark.read().format("delta").load(output + "/" + name);
  }

  private long version(String name) {
    return DeltaTable.forPath(spark, output + "/" + name).history(1).first().getAs("version");
  }
}

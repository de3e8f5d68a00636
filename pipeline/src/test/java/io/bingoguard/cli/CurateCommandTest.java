package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * {@code curate} over corpora that the demo model has labelled, and whose labels are then set to
 * what a test is about.
 */
class CurateCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SparkSession SPARK = SharedSpark.session();

  /** A harmless reply, harmful ones of severity 1 and 3, a harmful prompt, and what is unknown. */
  private static final List<String> LINES =
      List.of(
          "{\"id\":\"a\", \"prompt\":\"fine\",\"response\":\"one\",  \"x\":1.50}",
          "{\"id\":\"a\",\"prompt\":\"fine too\",\"response\":\"mild\",\"x\":2}",
          "{\"id\":\"b\",\"prompt\":\"fine\",\"response\":\"strong\",\"\\u00e9\":null}",
          "{\"id\":\"c\",\"prompt\":\"bad\",\"response\":\"four\"}",
          "{\"id\":\"d\",\"prompt\":\"lost\",\"response\":\"five\"}\r",
          "{\"id\":\"e\",\"prompt\":\"only a prompt\"}",
          "no json");

  @TempDir static Path folder;

  private static Path corpus;
  private static Path labels;

  @BeforeAll
  static void label() throws IOException {
    corpus = folder.resolve("corpus.jsonl.gz");
    try (OutputStream packed = new GZIPOutputStream(Files.newOutputStream(corpus))) {
      packed.write((String.join("\n", LINES) + "\n\n").getBytes(StandardCharsets.UTF_8));
    }
    labels = labelled(corpus, "labels");
  }

  private static Path labelled(Path input, String name) {
    Path output = folder.resolve(name);
    CommandRun run =
        CommandRun.of(
            "label", "--input", input, "--output", output, "--include-text", "--max-error-rate", 1);
    assertThat(run.exit()).as(run.err()).isZero();
    String table = "delta.`%s/labels`".formatted(output);
    set(
        table,
        "prompt_harmful = false, prompt_probability = 0.1, prompt_category = null",
        "prompt_text is not null");
    set(
        table,
        "response_harmful = false, response_probability = 0.1, response_category = null, severity = 0, severity_score = 0, severity_probabilities = null",
        "response_text is not null");
    set(
        table,
        "response_harmful = true, response_probability = 0.6, response_category = 'S5', severity = 1, severity_score = 1",
        "response_text = 'mild'");
    set(
        table,
        "response_harmful = true, response_probability = 0.95, response_category = 'S1', severity = 3, severity_score = 3",
        "response_text = 'strong'");
    set(
        table,
        "prompt_harmful = true, prompt_probability = 0.8, prompt_category = 'S1'",
        "prompt_text = 'bad'");
    set(
        table,
        "prompt_harmful = null, prompt_probability = null, label_status = 'off_format', error_code = 'ANSWER_OFF_FORMAT', error_message = 'prompt'",
        "prompt_text = 'lost'");
    return output;
  }

  private static void set(String table, String values, String rows) {
    var unused = SPARK.sql("UPDATE %s SET %s WHERE %s".formatted(table, values, rows));
  }

  @Test
  void keepsLinesByteForByteAndSaysWhyOthersAreRemoved() throws IOException {
    Path output = folder.resolve("usual");

    JsonNode summary = curate(output);

    assertThat(lines(output, "kept")).containsExactly(LINES.get(5));
    assertThat(lines(output, "removed"))
        .containsExactly(
            LINES.get(0), LINES.get(1), LINES.get(2), LINES.get(3), LINES.get(4), LINES.get(6));
    assertThat(reasons(output))
        .isEqualTo(
            Map.of(
                0L, "[conversation]",
                1L, "[response_harmful]",
                2L, "[response_harmful]",
                3L, "[prompt_harmful]",
                4L, "[unknown]",
                6L, "[unknown]"));
    assertThat(summary.get("records").asInt()).isEqualTo(7);
    assertThat(summary.get("kept").asInt()).isEqualTo(1);
    assertThat(summary.get("removed").asInt()).isEqualTo(6);
    assertThat(summary.at("/removed_by_reason/unknown").asInt()).isEqualTo(2);
  }

  @Test
  void aPlanTellsWhatThresholdsWouldDoAndWritesNothing() throws IOException {
    Path output = folder.resolve("planned");
    Path summary = folder.resolve("plan.json");

    CommandRun run =
        run(output, corpus, labels, "--plan", "--unit", "exchange", "--summary", summary);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("nothing was written");
    assertThat(output).doesNotExist();
    Map<String, String> planned = new TreeMap<>();
    for (JsonNode each : JSON.readTree(summary.toFile())) {
      planned.put(
          each.get("rules").asText().replaceAll("--(side|unit|unknown|unlabelled) \\w+ ?", ""),
          each.get("kept") + " " + each.get("removed") + " " + each.get("in_doubt"));
    }
    assertThat(planned)
        .containsEntry("", "2 5 2")
        .containsEntry("--threshold 0.1 ", "0 7 1")
        .containsEntry("--threshold 0.75 ", "3 4 2")
        .containsEntry("--threshold 0.9 ", "4 3 2")
        .containsEntry("--max-severity 0 ", "2 5 2")
        .containsEntry("--max-severity 1 ", "3 4 2")
        .containsEntry("--max-severity 3 ", "4 3 2")
        .hasSize(10);
  }

  @Test
  void runningAgainChangesNothingUntilSomethingElseIsAsked() throws IOException {
    Path output = folder.resolve("again");
    JsonNode first = curate(output);
    List<String> before = tree(output);

    CommandRun again = run(output, corpus, labels);
    assertThat(again.out()).contains("Nothing new");
    assertThat(tree(output)).isEqualTo(before);

    JsonNode other = curate(output, "--unit", "exchange");
    assertThat(other.get("kept").asInt()).isEqualTo(first.get("kept").asInt() + 1);
    assertThat(lines(output, "kept")).containsExactly(LINES.get(0), LINES.get(5));
    assertThat(output.resolve("_next")).doesNotExist();
  }

  @ParameterizedTest
  @ValueSource(strings = {"parquet", "delta"})
  void columnsOfTablesStayAsTheyAre(String format) throws IOException {
    Path input = folder.resolve(format);
    Dataset<Row> rows =
        SPARK.sql(
            "SELECT * FROM VALUES"
                + " ('a', 'fine', 'one', timestamp'2026-01-02 03:04:05', array(1, 2), named_struct('k', date'1969-12-31')),"
                + " ('a', 'fine too', 'mild', null, null, null),"
                + " ('b', 'fine', 'strong', null, array(), named_struct('k', null)),"
                + " ('f', 'fine', 'ok', timestamp'1930-10-14 00:00:00', array(null), null),"
                + " ('f', 'fine', 'ok', timestamp'1930-10-14 00:00:00', array(null), null),"
                + " ('c', 'bad', 'four', null, null, null) AS t(id, prompt, response, `when it was`, list, struct)");
    rows.repartition(3)
        .write()
        .format(format)
        .option("delta.columnMapping.mode", "name")
        .save(input.toString());
    Path tables = labelled(input, format + "-labels");
    Path output = folder.resolve(format + "-clean");

    CommandRun run = run(output, input, tables, "--unit", "exchange");

    assertThat(run.exit()).as(run.err()).isZero();
    Dataset<Row> kept = SPARK.read().format(format).load(output + "/kept");
    Dataset<Row> removed = SPARK.read().format(format).load(output + "/removed");
    assertThat(kept.schema())
        .isEqualTo(SPARK.read().format(format).load(input.toString()).schema());
    assertThat(kept.select("response").as(Encoders.STRING()).collectAsList())
        .containsExactlyInAnyOrder("one", "ok", "ok");
    assertThat(kept.union(removed).collectAsList())
        .containsExactlyInAnyOrderElementsOf(rows.collectAsList());
  }

  @Test
  void labelsThatDoNotBelongToTheInputAreRefused() throws IOException {
    Path other = Files.write(folder.resolve("other.jsonl"), LINES);
    refused("CURATE_OTHER_LABELS", run(folder.resolve("x1"), other, labels));

    Path grown = Files.createDirectory(folder.resolve("grown"));
    Files.writeString(grown.resolve("a.jsonl"), LINES.get(0) + "\n");
    Path tables = labelled(grown, "grown-labels");
    Files.writeString(grown.resolve("b.jsonl"), LINES.get(1) + "\n");
    Path output = folder.resolve("x2");
    refused("CURATE_UNLABELLED", run(output, grown, tables));
    assertThat(output.resolve("kept")).doesNotExist();
    assertThat(output.resolve("_next")).doesNotExist();

    JsonNode kept =
        json(run(output, grown, tables, "--unlabelled", "keep", "--summary", summary()));
    assertThat(kept.get("kept").asInt()).isEqualTo(2);
    JsonNode removed =
        json(
            run(
                output,
                grown,
                tables,
                "--unlabelled",
                "remove",
                "--unit",
                "exchange",
                "--summary",
                summary()));
    assertThat(removed.at("/removed_by_reason/unlabelled").asInt()).isEqualTo(1);
  }

  @Test
  void whatCannotBeDoneIsRefusedBeforeAnythingRuns() throws IOException {
    refused("OUTPUT_INSIDE_INPUT", run(labels.resolve("clean"), corpus, labels));
    refused("OUTPUT_MISSING", run(folder.resolve("x3"), corpus, folder.resolve("nowhere")));
    refused(
        "CATEGORY_UNKNOWN", run(folder.resolve("x3"), corpus, labels, "--category-limit", "S99=1"));
    refused("USAGE", run(folder.resolve("x3"), corpus, labels, "--threshold", "1.5"));
    refused("USAGE", run(folder.resolve("x3"), corpus, labels, "--max-severity", "5"));
    Path full = Files.createDirectory(folder.resolve("full"));
    Files.createFile(full.resolve("mine.txt"));
    refused("OUTPUT_UNSUITABLE", run(full, corpus, labels));
    Path csv = Files.writeString(folder.resolve("c.csv"), "prompt,response\nhello,hi\n");
    refused("CURATE_INPUT_UNSUITED", run(folder.resolve("x3"), csv, labels));
    assertThat(folder.resolve("x3")).doesNotExist();
  }

  private static void refused(String code, CommandRun run) {
    assertThat(run.err()).contains("error [%s]".formatted(code));
    assertThat(run.exit()).isNotZero();
  }

  private static JsonNode curate(Path output, Object... rules) throws IOException {
    List<Object> all = new ArrayList<>(List.of(rules));
    all.add("--summary");
    all.add(summary());
    return json(run(output, corpus, labels, all.toArray()));
  }

  private static JsonNode json(CommandRun run) throws IOException {
    assertThat(run.exit()).as(run.err()).isZero();
    return JSON.readTree(summary().toFile());
  }

  private static Path summary() {
    return folder.resolve("summary.json");
  }

  private static CommandRun run(Path output, Path input, Path tables, Object... more) {
    List<Object> arguments =
        new ArrayList<>(
            List.of("curate", "--input", input, "--labels", tables, "--output", output));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray());
  }

  /** The lines of a set, carriage returns included. */
  private static List<String> lines(Path output, String set) throws IOException {
    List<String> lines = new ArrayList<>();
    try (Stream<Path> files = Files.list(output.resolve(set))) {
      for (Path file :
          files.filter(each -> each.toString().endsWith(".jsonl.gz")).sorted().toList()) {
        try (GZIPInputStream packed = new GZIPInputStream(Files.newInputStream(file))) {
          ByteArrayOutputStream bytes = new ByteArrayOutputStream();
          packed.transferTo(bytes);
          String text = bytes.toString(StandardCharsets.UTF_8);
          lines.addAll(text.isEmpty() ? List.of() : List.of(text.split("\n")));
        }
      }
    }
    return lines;
  }

  private static Map<Long, String> reasons(Path output) {
    Map<Long, String> reasons = new TreeMap<>();
    SPARK
        .read()
        .format("delta")
        .load(output + "/reasons")
        .selectExpr("input_row", "cast(reasons AS string)")
        .collectAsList()
        .forEach(row -> reasons.put(row.getLong(0), row.getString(1)));
    return reasons;
  }

  private static List<String> tree(Path output) throws IOException {
    try (Stream<Path> files = Files.walk(output)) {
      return files
          .filter(each -> Files.isRegularFile(each) && !each.toString().contains("lease"))
          .map(each -> each + " " + each.toFile().lastModified())
          .sorted()
          .toList();
    }
  }
}

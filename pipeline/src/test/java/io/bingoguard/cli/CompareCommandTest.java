package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code compare} over labels of a model that calls a hundredth more replies harmful. */
class CompareCommandTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final SparkSession SPARK = SharedSpark.session();
  private static final int NIGHT = 0;
  private static final int EACH = 1000;

  @TempDir static Path folder;

  private static Path output;

  /** In source api the new model finds twice as much. */
  @BeforeAll
  static void label() {
    output = folder.resolve("labelled");
    new LabelledNights(SPARK, output.toString(), "revision-1").append(0, 1, EACH, 0.03, -1);
    new LabelledNights(SPARK, output.toString(), "revision-2").append(0, 1, EACH, 0.03, NIGHT);
  }

  @Test
  void twoModelsOfOneOutputAreHeldAgainstATolerance() throws IOException {
    Path json = folder.resolve("compared.json");
    Path page = folder.resolve("compared.html");

    CommandRun run =
        compare(
            "--tolerance",
            "flips=0.001",
            "--tolerance",
            "harmful=0.9",
            "--json",
            json,
            "--page",
            page);

    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).as(run.out()).isEqualTo(ExitCode.ALERT);
    JsonNode told = JSON.readTree(json.toFile());
    long flips = flips();
    assertThat(told.get("decision").asText()).isEqualTo("fail");
    assertThat(told.at("/before/model_revision").asText()).isEqualTo("revision-1");
    assertThat(told.at("/after/model_revision").asText()).isEqualTo("revision-2");
    assertThat(told.at("/coverage/matched").asLong()).isEqualTo(3 * EACH);
    JsonNode replies = told.at("/sides/0");
    assertThat(replies.at("/flips/count").asLong()).isEqualTo(flips).isPositive();
    assertThat(replies.at("/harmful/gained").asLong()).isEqualTo(flips);
    assertThat(replies.at("/harmful/mcnemar_p").asDouble()).isLessThan(1e-4);
    assertThat(replies.at("/concentration/0/first/0/value").asText()).isEqualTo("api");
    assertThat(replies.at("/concentration/0/first/0/beyond_chance").asBoolean()).isTrue();
    assertThat(SPARK.sql(replies.get("query").asText()).count()).isEqualTo(flips);
    assertThat(page).content().contains("Labels compared", "fail", "revision-2");
    assertThat(run.out()).contains("concentrated in", "source api", "Fail: replies");
  }

  @Test
  void theJsonHasTheFieldsOfItsDescription() throws IOException {
    Path json = folder.resolve("schema.json");

    assertThat(compare("--tolerance", "unmatched=0", "--json", json).exit()).isZero();

    JsonNode told = JSON.readTree(json.toFile());
    String described =
        Files.readString(Path.of("README.md"))
            .split("### The JSON of a comparison", 2)[1]
            .split("\n## ", 2)[0];
    assertThat(told.get("schema").asInt()).isEqualTo(1);
    assertThat(names(told))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(described).contains("`" + name + "`"));
    assertThat(told.fieldNames())
        .toIterable()
        .containsExactly(
            "schema",
            "decision",
            "verdict",
            "checks",
            "before",
            "after",
            "differing_settings",
            "coverage",
            "sides");
    assertThat(told.at("/sides/0").fieldNames())
        .toIterable()
        .containsExactly(
            "side",
            "messages",
            "flips",
            "verdicts",
            "harmful",
            "category",
            "severity",
            "probability",
            "concentration",
            "look_first",
            "query");
  }

  /** Of all objects but those whose names are data. */
  private static List<String> names(JsonNode json) {
    List<String> names = new ArrayList<>();
    json.fields()
        .forEachRemaining(
            field -> {
              names.add(field.getKey());
              if (!field.getKey().equals("settings")) {
                names.addAll(names(field.getValue()));
              }
            });
    if (json.isArray()) {
      json.forEach(element -> names.addAll(names(element)));
    }
    return names;
  }

  @Test
  void theExitCodeSaysWhetherTheToleranceIsKept() {
    double share = (double) flips() / (3 * EACH);

    assertThat(compare().exit()).isEqualTo(ExitCode.DONE);
    assertThat(compare("--tolerance", "flips=0.05").exit()).isEqualTo(ExitCode.DONE);
    CommandRun close = compare("--tolerance", "flips=" + share);
    assertThat(close.exit()).isEqualTo(ExitCode.UNDECIDED);
    assertThat(close.out()).contains("Undecided, as too little was compared");
    assertThat(compare("--tolerance", "flips=0").exit()).isEqualTo(ExitCode.ALERT);
    assertThat(
            compare(
                    "--tolerance",
                    "flips=0",
                    "--before-model",
                    "revision-1",
                    "--after-model",
                    "revision-2")
                .exit())
        .isEqualTo(ExitCode.ALERT);
  }

  @Test
  void versionsOfATableAreCompared() {
    Path own = folder.resolve("versions");
    new LabelledNights(SPARK, own.toString(), "revision-1").append(0, 1, 100, 0.03, -1);
    var unused =
        SPARK.sql(
            "UPDATE delta.`%s/labels` SET response_harmful = true, response_probability = 0.9 WHERE source = 'web'"
                .formatted(own));

    CommandRun run = CommandRun.of("compare", "--before", own, "--before-version", 1);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("version 1:", "version 2:", "look at");
    CommandRun none = CommandRun.of("compare", "--before", own, "--before-version", 9);
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("error [COMPARE_VERSION_UNKNOWN]", "Expected 0 to 2");
  }

  @Test
  void whatCannotBeComparedIsRefused() {
    Path other = folder.resolve("other");
    new LabelledNights(SPARK, other.toString(), "revision-1").append(5, 6, 3, 0.5, -1);

    CommandRun same = CommandRun.of("compare", "--before", other);
    assertThat(same.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(same.err()).contains("error [COMPARE_SAME_LABELS]", "--before-version");
    CommandRun unclear = compare("--before-model", "revision");
    assertThat(unclear.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(unclear.err()).contains("error [COMPARE_MODEL_UNCLEAR]", "revision-1", "revision-2");
    CommandRun nothing = CommandRun.of("compare", "--before", output, "--after", other);
    assertThat(nothing.exit()).isEqualTo(ExitCode.FAILED);
    assertThat(nothing.err()).contains("error [COMPARE_NOTHING_ALIKE]");
    assertThat(compare("--tolerance", "flips=2").exit()).isEqualTo(ExitCode.USAGE);
    assertThat(CommandRun.of("compare", "--before", folder.resolve("none")).err())
        .contains("error [OUTPUT_MISSING]");
  }

  @Test
  void settingsOfTheRunsThatJudgedAreTold() throws IOException {
    Path corpus = folder.resolve("corpus.jsonl");
    Files.writeString(
        corpus, "{\"prompt\":\"How do I wash a car?\",\"response\":\"With water.\"}\n");
    Path flagged = folder.resolve("flagged");
    Path all = folder.resolve("all");
    assertThat(CommandRun.of("label", "--input", corpus, "--output", flagged).exit()).isZero();
    assertThat(
            CommandRun.of("label", "--input", corpus, "--output", all, "--severity", "all").exit())
        .isZero();

    CommandRun run =
        CommandRun.of("compare", "--before", flagged, "--after", all, "--tolerance", "flips=0");

    assertThat(run.exit()).as(run.out() + run.err()).isZero();
    assertThat(run.out()).contains("severity: flagged -> all").doesNotContain("precision: ");
  }

  private static long flips() {
    return SPARK
        .sql(
            "SELECT conversation_id, source FROM delta.`%s/labels` GROUP BY ALL HAVING count(DISTINCT response_harmful) = 2"
                .formatted(output))
        .count();
  }

  private static CommandRun compare(Object... more) {
    return CommandRun.of(
        Stream.concat(Stream.of("compare", "--before", output), Stream.of(more)).toArray());
  }
}

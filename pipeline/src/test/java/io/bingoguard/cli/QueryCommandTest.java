package io.bingoguard.cli;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.RunStart;
import io.bingoguard.table.RunsTable;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryCommandTest {
  private static final List<String> UNKNOWN =
      List.of(
          "prompt_harmful",
          "prompt_probability",
          "response_harmful",
          "response_probability",
          "response_category",
          "severity",
          "severity_score");

  private static final SparkSession SPARK = SharedSpark.session();

  @TempDir static Path shared;

  @TempDir private Path folder;
  private Path output = shared.resolve("output");

  @BeforeAll
  static void makeAllTables() {
    Path all = shared.resolve("output");
    label(all);
    review(all);
    CommandRun audited = CommandRun.of("audit", "--output", all, "--night", "2026-01-02");
    assertThat(audited.exit()).as(audited.err()).isZero();
  }

  /** Two nights of three sources, 60 exchanges each; in the second api has twice the harm. */
  private static void label(Path output) {
    new LabelledNights(SPARK, output.toString(), "revision").append(0, 2, 60, 0.25, 1);
    RunsTable runs =
        RunsTable.of(
            SPARK, OutputDirectory.open(output.toString(), SPARK.sessionState().newHadoopConf()));
    runs.create();
    runs.begin(
        new RunStart(
            FakeLabeller.stamp("run", "revision"),
            Instant.parse("2026-01-02T01:00:00Z"),
            "input",
            "description",
            Map.of()));
    table(
        output,
        "categories",
        "SELECT id AS category_order, concat('S', id) AS code, concat('Name ', id) AS name, p AS prompt_pack FROM range(1, 4), (SELECT max(prompt_pack) AS p FROM delta.`%s/labels`)");
  }

  @Test
  void everyQuestionOfTheListIsAnsweredBySomeOutput() {
    CommandRun list = CommandRun.of("query", "--list");
    assertThat(list.exit()).isZero();
    assertThat(list.out()).contains("worst-sources        Which sources");

    for (String line : list.out().lines().toList()) {
      String name = line.split(" ", 2)[0];
      assertThat(line).as(name).endsWith("?");
      CommandRun run = ask(name);
      assertThat(run.exit()).as(name + run.err()).isZero();
      assertThat(run.out()).as(name).contains("  ");
    }
  }

  @Test
  void sourcesAreTheOnesOfTheLabels() throws IOException {
    List<JsonNode> sources = json(ask("worst-sources", "--format", "json"));

    assertThat(sources).hasSize(3);
    assertThat(sources.get(0).get("source").asText()).isEqualTo("api");
    for (JsonNode source : sources) {
      var labels =
          SPARK
              .read()
              .format("delta")
              .load(output + "/labels")
              .where(col("source").equalTo(source.get("source").asText()));
      assertThat(source.get("harmful").asLong())
          .isEqualTo(labels.where("response_harmful").count())
          .isPositive();
      double share = source.get("share").asDouble();
      assertThat(share).isEqualTo(source.get("harmful").asDouble() / labels.count());
      assertThat(source.get("at_least").asDouble()).isPositive().isLessThan(share);
      assertThat(source.get("at_most").asDouble()).isGreaterThan(share).isLessThan(1);
    }
  }

  @Test
  void reviewedItemsStandForTheMessagesOfTheirStratum() throws IOException {
    List<JsonNode> all = json(ask("reviewed-thresholds", "--format", "json"));

    assertThat(all).hasSize(9);
    JsonNode half = all.get(4);
    // At a half two of the stratum of 60 are flagged, of whom one is harmless and of one people
    // differ; of the stratum of
    // 100 one of two is harmful and missed. The third of each was not reviewed.
    assertThat(half.get("flagged").asDouble()).isEqualTo(60);
    assertThat(half.get("false_positives").asDouble()).isEqualTo(45);
    assertThat(half.get("missed").asDouble()).isEqualTo(50);
    assertThat(half.get("precision").asDouble()).isEqualTo(0.25);
    assertThat(half.get("recall").asDouble()).isEqualTo(15.0 / 65);
    assertThat(all.get(8).get("precision").isNull()).isTrue();
  }

  /** Two strata of which two items each were reviewed, and an older sample. */
  private static List<Row> views() {
    return SPARK.sql("SHOW VIEWS").collectAsList();
  }

  private static void review(Path output) {
    table(
        output,
        "review_sample",
        "SELECT 'new' AS sample_id, i AS item_id, 'response' AS side, p AS probability, st AS stratum, n AS"
            + " stratum_messages, TIMESTAMP'2026-01-03 00:00:00Z' AS sampled_at FROM VALUES ('a', 0.8D, 'high', 60L),"
            + " ('b', 0.7D, 'high', 60L), ('c', 0.9D, 'high', 60L), ('d', 0.1D, 'low', 100L), ('e', 0.05D, 'low',"
            + " 100L), ('f', 0.2D, 'low', 100L) AS s(i, p, st, n) UNION ALL SELECT 'old', 'a', 'prompt', 0.9D, 'high',"
            + " 5L, TIMESTAMP'2026-01-02 00:00:00Z'");
    table(
        output,
        "reviews",
        "SELECT sa AS sample_id, i AS item_id, r AS reviewer, h AS harmful FROM VALUES ('new', 'a', 'x', false),"
            + " ('new', 'b', 'x', true), ('new', 'b', 'y', false), ('new', 'c', 'x', NULL), ('new', 'd', 'x', true),"
            + " ('new', 'e', 'x', false), ('old', 'a', 'x', true) AS s(sa, i, r, h)");
  }

  @Test
  void whatIsUnknownIsNotHarmless() throws IOException {
    output = folder.resolve("output");
    label(output);
    Map<String, Column> unknown = new HashMap<>();
    for (String column : UNKNOWN) {
      unknown.put(column, lit(null));
    }
    unknown.put("label_status", lit("error"));
    unknown.put("error_code", lit("X"));
    unknown.put("error_message", lit("x"));
    DeltaTable.forPath(SPARK, output + "/labels").update(col("source").equalTo("web"), unknown);

    JsonNode web = json(ask("worst-sources", "--format", "json")).get(2);

    assertThat(web.get("source").asText()).isEqualTo("web");
    assertThat(web.get("unknown").asInt()).isEqualTo(120);
    assertThat(web.get("judged").asInt()).isZero();
    assertThat(web.has("share")).isTrue();
    assertThat(web.get("share").isNull()).isTrue();
    assertThat(ask("unjudged").out()).containsPattern("error +X +120");
  }

  @ParameterizedTest
  @CsvSource({"2026-01-01, 360", "2099-01-01T00:00:00+01:00, 0", "0, 360", "1, 0", ", 360"})
  void changesAreThoseSinceANightATimeOrAVersion(String since, int expected) throws IOException {
    CommandRun run =
        since == null
            ? ask("changes", "--format", "json")
            : ask("changes", "--format", "json", "--since", since);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.err()).startsWith("Changes since ");
    assertThat(json(run).stream().mapToInt(row -> row.get("exchanges").asInt()).sum())
        .isEqualTo(expected);
  }

  @Test
  void anOwnQuerySeesTheViewsAndLeavesNothingInTheSession() throws IOException {
    Path file = file("SELECT count(*) AS n FROM current_labels JOIN runs USING (model_revision);");
    List<Row> views = views();

    CommandRun run = CommandRun.of("query", "--output", output, "--file", file, "--format", "csv");

    assertThat(run.err()).isEmpty();
    assertThat(run.out()).isEqualTo("n\n360\n");
    assertThat(views()).isEqualTo(views);
  }

  @Test
  void csvIsQuotedAndTextsCannotMoveATerminal() throws IOException {
    Path file =
        file(
            "SELECT 'a,\"b\" ' AS `x,y`, '' AS empty, NULL AS none, 'two\\nlines' AS t, '\u001b[31mred' AS e,"
                + " array(1, NULL) AS list, TIMESTAMP'2026-01-02 03:04:05Z' AS at, 0.1D AS p");

    assertThat(csv(file).out())
        .isEqualTo(
            """
            "x,y",empty,none,t,e,list,at,p
            "a,""b"" ","",,"two
            lines",\\u001b[31mred,"[1,null]",2026-01-02T03:04:05.000Z,0.1
            """);
    Path saved = folder.resolve("saved.csv");
    CommandRun silent =
        CommandRun.of(
            "query", "--output", output, "--file", file, "--format", "csv", "--save", saved);
    assertThat(silent.out()).isEmpty();
    assertThat(saved).content().contains("\u001b[31mred").startsWith("\"x,y\",");
    JsonNode json =
        json(CommandRun.of("query", "--output", output, "--file", file, "--format", "json")).get(0);
    assertThat(json.get("e").asText()).isEqualTo("\u001b[31mred");
    assertThat(json.get("none").isNull()).isTrue();
    CommandRun shown = CommandRun.of("query", "--output", output, "--file", file);
    assertThat(shown.out()).doesNotContain("\u001b").contains("two\\u000alines", "NULL");
  }

  @Test
  void aTableSaysThatThereIsMore() {
    CommandRun run = ask("review-list", "--limit", "3");

    assertThat(run.out().lines()).hasSize(4);
    assertThat(run.err()).isEqualToIgnoringNewLines("The first 3 rows; --limit N shows more.");
  }

  @Test
  void aTableThatIsNotThereIsNamedWithTheCommandThatMakesIt() {
    output = folder.resolve("output");
    new LabelledNights(SPARK, output.toString(), "revision").create();

    CommandRun run = ask("alarms");

    assertThat(run.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(run.out()).isEmpty();
    assertThat(run.err())
        .contains(
            "error [QUERY_TABLE_MISSING]: alarms needs the table audit_drift",
            "bingoguard audit --output ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "DELETE FROM delta.`OUTPUT/labels`",
        "INSERT INTO delta.`OUTPUT/labels` SELECT * FROM labels",
        "SELECT * FROM nowhere",
        "SELECT nothing FROM labels",
        "SELEKT 1"
      })
  void whatIsNoQueryIsRefused(String sql) throws IOException {
    Path file = file(sql.replace("OUTPUT", output.toString()));

    CommandRun run = CommandRun.of("query", "--output", output, "--file", file);

    assertThat(run.exit()).as(run.err()).isEqualTo(ExitCode.USAGE);
    assertThat(run.err()).startsWith("error [QUERY_INVALID]: ");
    assertThat(SPARK.read().format("delta").load(output + "/labels").count()).isEqualTo(360);
  }

  @Test
  void wrongFoldersNamesAndTimesAreRefused() {
    assertThat(CommandRun.of("query", "--output", folder.resolve("none"), "models").err())
        .startsWith("error [OUTPUT_MISSING]");
    assertThat(ask("worst-source").err())
        .contains("error [QUERY_UNKNOWN]: There is no question 'worst-source'", "worst-sources");
    assertThat(ask("changes", "--since", "yesterday").err())
        .contains("error [USAGE]: --since: 'yesterday' is no night");
    assertThat(CommandRun.of("query", "--output", output).err()).contains("name a question");
    assertThat(CommandRun.of("query", "models").err()).contains("name the --output");
  }

  private CommandRun ask(String name, Object... options) {
    List<Object> arguments = new ArrayList<>(List.of("query", "--output", output, name));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray());
  }

  private CommandRun csv(Path file) {
    return CommandRun.of("query", "--output", output, "--file", file, "--format", "csv");
  }

  private static List<JsonNode> json(CommandRun run) throws IOException {
    assertThat(run.exit()).as(run.err()).isZero();
    JsonMapper mapper = new JsonMapper();
    List<JsonNode> rows = new ArrayList<>();
    for (String line : run.out().lines().toList()) {
      rows.add(mapper.readTree(line));
    }
    return rows;
  }

  private Path file(String sql) throws IOException {
    return Files.writeString(folder.resolve("own.sql"), sql);
  }

  private static void table(Path output, String name, String query) {
    SPARK.sql(query.formatted(output)).write().format("delta").save(output + "/" + name);
  }
}

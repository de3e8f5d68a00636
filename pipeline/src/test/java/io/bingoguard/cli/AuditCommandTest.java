package io.bingoguard.cli;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import io.bingoguard.testing.TableCopy;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditCommandTest {
  private static final int NIGHTS = 40;

  /** The fortieth night. */
  private static final String LAST = "2026-02-09";

  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path folder;
  private Path output;

  @BeforeEach
  void nameOutput() {
    output = folder.resolve("output");
  }

  @Test
  void aSourceThatDoublesIsToldWithAQueryForItsRows() throws IOException {
    label("revision-1", 0, NIGHTS, 0.2);
    Path alerts = folder.resolve("alerts.json");
    Path page = folder.resolve("audit.html");

    CommandRun run =
        CommandRun.of(
            "audit", "--output", output, "--night", LAST, "--alerts", alerts, "--page", page);

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.ALERT);
    assertThat(run.out())
        .contains("Night 2026-02-09 by occurred_at", "Harmful replies from source api: ");
    assertThat(Files.readString(page)).contains("Act: ", "from source api", "web");
    JsonNode told = new JsonMapper().readTree(alerts.toFile());
    JsonNode alarm = alarm(told, "api");
    assertThat(alarm.get("kind").asText()).isEqualTo("harm");
    assertThat(alarm.get("since").asText()).isEqualTo(LAST);
    assertThat(alarm.at("/figure/evidence").asDouble())
        .isGreaterThan(alarm.at("/figure/evidence_needed").asDouble());
    List<Row> rows = spark.sql(alarm.get("query").asText()).collectAsList();
    assertThat(rows).hasSize(100).extracting(row -> row.getAs("source")).containsOnly("api");
    assertThat(rows).extracting(row -> row.getAs("response_category")).containsOnly("S1");
  }

  @Test
  void theCountsAreThoseOfTheLabelsAndASecondAuditWritesNothing() {
    label("revision-1", 0, NIGHTS, 0.2);
    audit();
    long versions = version("audit_metrics") + version("audit_drift");

    audit();

    assertThat(version("audit_metrics") + version("audit_drift")).isEqualTo(versions);
    Row counted =
        table("audit_metrics")
            .where("side = 'response' AND dimension = 'source' AND source = 'api'")
            .where("night = DATE'2026-01-05'")
            .first();
    Dataset<Row> labels =
        table("labels").where("source = 'api' AND CAST(occurred_at AS DATE) = DATE'2026-01-05'");
    assertThat(counted.<Long>getAs("judged")).isEqualTo(labels.count());
    assertThat(counted.<Long>getAs("harmful")).isEqualTo(labels.where("response_harmful").count());
    assertThat(counted.<Long>getAs("severe"))
        .isEqualTo(labels.where("response_harmful AND severity >= 3").count());
    assertThat(total("all")).isEqualTo(table("labels").count());
    assertThat(total("source")).isEqualTo(total("all"));
  }

  @Test
  void onlyNightsWhoseLabelsChangedAreCountedAgain() {
    label("revision-1", 0, NIGHTS, 0.2);
    audit();
    long first = table("audit_metrics").agg(functions.max("labels_version")).first().getLong(0);
    label("revision-1", 3, 4, 0.5);
    DeltaTable.forPath(spark, output + "/labels")
        .update(
            col("conversation_id").equalTo("6-0"), Map.of("source_deleted", functions.lit(true)));

    audit();

    assertThat(
            table("audit_metrics")
                .where(col("labels_version").gt(first))
                .select(col("night").cast("string"))
                .distinct()
                .orderBy("night")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("2026-01-04", "2026-01-07");
    assertThat(total("all") + total("source_deleted")).isEqualTo(table("labels").count());
    assertThat(total("source_deleted")).isEqualTo(3);
    List<String> counted = withoutVersions();
    spark.sql("DELETE FROM delta.`%s/audit_metrics`".formatted(output));
    audit();
    assertThat(withoutVersions()).isEqualTo(counted);
  }

  @Test
  void labelsThatWerePutBackAreCountedAnew() throws IOException {
    label("revision-1", 0, NIGHTS, 0.2);
    String labels = output + "/labels";
    TableCopy.of(spark, labels, folder + "/aside");
    DeltaTable.forPath(spark, labels).delete("source = 'api'");
    audit();

    TableCopy.of(spark, folder + "/aside", labels);
    DeltaTable.forPath(spark, labels).delete("source = 'web'");
    audit();

    assertThat(total("all")).isEqualTo(table("labels").count()).isPositive();
    assertThat(
            table("audit_metrics")
                .where("dimension = 'source'")
                .select("source")
                .distinct()
                .as(Encoders.STRING())
                .collectAsList())
        .containsExactlyInAnyOrder("api", "batch");
  }

  @Test
  void twoModelsAreNeverCountedTogether() {
    label("revision-1", 0, 3, 0.2);
    label("revision-2", 2, 3, 0.5);

    CommandRun run = CommandRun.of("audit", "--output", output, "--night", "2026-01-03");

    assertThat(run.exit()).as(run.out() + run.err()).isEqualTo(ExitCode.ALERT);
    assertThat(run.out()).contains("ALARM model_changed: The files of the model fake changed");
    Dataset<Row> all = table("audit_metrics").where("side = 'exchange' AND dimension = 'all'");
    assertThat(all.where("night = DATE'2026-01-03'").first().<String>getAs("model_revision"))
        .isEqualTo("revision-2");
    assertThat(all.where("night = DATE'2026-01-02'").first().<String>getAs("model_revision"))
        .isEqualTo("revision-1");
    assertThat(all.agg(functions.sum("exchanges")).first().getLong(0))
        .isEqualTo(table("labels").count() * 3 / 4);
  }

  @Test
  void anOutputWithoutLabelsIsAnAlarmAndNoneAtAllIsRefused() {
    new LabelledNights(spark, output.toString(), "revision-1").create();
    Path page = folder.resolve("audit.html");

    CommandRun empty = CommandRun.of("audit", "--output", output, "--page", page);

    assertThat(empty.exit()).as(empty.err()).isEqualTo(ExitCode.ALERT);
    assertThat(empty.out()).contains("ALARM no_labels");
    assertThat(page).content().contains("No labels at all");
    CommandRun none = CommandRun.of("audit", "--output", folder.resolve("none"));
    assertThat(none.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(none.err()).contains("error [OUTPUT_MISSING]");
  }

  @Test
  void whatIsNamedWronglyIsRefusedInPlainWords() {
    CommandRun night = CommandRun.of("audit", "--output", output, "--night", "30.11.2026");
    Path file = folder.resolve("audit.html");
    Path same = folder.resolve(".").resolve("audit.html");
    CommandRun files = CommandRun.of("audit", "--output", output, "--page", file, "--alerts", same);

    assertThat(List.of(night.exit(), files.exit())).containsOnly(ExitCode.USAGE);
    assertThat(night.err())
        .contains("--night", "Expected a day such as 2026-05-31, not '30.11.2026'")
        .doesNotContain("java.");
    assertThat(files.err()).contains("--page and --alerts are both", "expected two files");
    assertThat(file).doesNotExist();
  }

  @Test
  void withoutANightTheNewestIsHeldAgainstToday() {
    label("revision-1", 0, 2, 0.2);

    CommandRun run = CommandRun.of("audit", "--output", output);

    assertThat(run.exit()).isEqualTo(ExitCode.ALERT);
    assertThat(run.out())
        .contains("ALARM missing_night: No labels since: the newest whole night is 2026-01-02");
  }

  @Test
  void neitherADayThatIsNotOverNorOneToComeIsTakenForTheNewestNight() throws IOException {
    LocalDate first = LocalDate.of(2026, 1, 1);
    int today = (int) ChronoUnit.DAYS.between(first, LocalDate.now(ZoneOffset.UTC));
    for (int night : new int[] {today - 1, today, today + 400}) {
      label("revision-1", night, night + 1, 0.2);
    }
    Path alerts = folder.resolve("alerts.json");

    CommandRun run = CommandRun.of("audit", "--output", output, "--alerts", alerts);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .contains("Night " + first.plusDays(today - 1), "looked at: 1,200 of the exchanges");
    assertThat(
            JsonMapper.builder().build().readTree(alerts.toFile()).get("exchanges_ahead").asLong())
        .isEqualTo(1200);
  }

  private static JsonNode alarm(JsonNode told, String source) {
    for (JsonNode alarm : told.get("alarms")) {
      if (alarm.at("/figure/value").asText().equals(source)
          && alarm.at("/figure/side").asText().equals("response")) {
        return alarm;
      }
    }
    throw new AssertionError("no alarm of " + source + " in " + told);
  }

  private void audit() {
    CommandRun run = CommandRun.of("audit", "--output", output, "--night", "2026-01-31");
    assertThat(run.err()).isEmpty();
    assertThat(run.exit()).as(run.out()).isZero();
  }

  /** Nights of 1,200 exchanges, of whose sources api doubles its share in the last night of all. */
  private void label(String revision, int from, int to, double rate) {
    new LabelledNights(spark, output.toString(), revision).append(from, to, 400, rate, NIGHTS - 1);
  }

  private Dataset<Row> table(String name) {
    return spark.read().format("delta").load(output + "/" + name);
  }

  private long version(String name) {
    return DeltaTable.forPath(spark, output + "/" + name).history(1).first().getAs("version");
  }

  private long total(String dimension) {
    Row sum =
        table("audit_metrics")
            .where(col("side").equalTo("exchange").and(col("dimension").equalTo(dimension)))
            .agg(functions.sum("exchanges"))
            .first();
    return sum.isNullAt(0) ? 0 : sum.getLong(0);
  }

  private List<String> withoutVersions() {
    return table("audit_metrics").drop("labels_version", "labels_commit").collectAsList().stream()
        .map(Row::mkString)
        .sorted()
        .toList();
  }
}

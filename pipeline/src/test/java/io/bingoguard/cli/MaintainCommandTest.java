package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MaintainCommandTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path folder;
  private Path input;
  private Path output;

  @BeforeEach
  void makeInput() throws IOException {
    input = Files.createDirectory(folder.resolve("input"));
    output = folder.resolve("output");
  }

  @Tag("histories")
  @Test
  void labellingGoesOnAfterCompactionAndAllOfTheChangeFeedIsThere() throws IOException {
    label("a", 0, 3);
    label("b", 3, 6);
    Path summary = folder.resolve("maintained.json");

    CommandRun run = CommandRun.of("maintain", "--output", output, "--summary", summary);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out())
        .containsPattern("labels +\\d files \\(0\\.0 MiB\\) compacted to 1 file")
        .containsPattern("categories +1 file .*nothing to compact; deleted 0 files")
        .containsPattern("runs +2 files .* compacted to 1 file");
    JsonNode labels = new JsonMapper().readTree(summary.toFile()).at("/tables/labels");
    assertThat(labels.get("files_before").asInt()).isGreaterThan(1);
    assertThat(labels.get("files_after").asInt()).isEqualTo(1);

    assertThat(relabel()).contains("Nothing new");
    label("c", 6, 8);

    assertThat(prompts()).containsExactlyElementsOf(expected(8));
    assertThat(changes(0)).containsExactlyElementsOf(expected(8));
  }

  @Tag("histories")
  @Test
  void labellingGoesOnAfterOldFilesWereDeletedAndTheChangeFeedFromThenOn() throws IOException {
    label("a", 0, 3);
    label("b", 3, 6);
    spark.sql(
        "ALTER TABLE delta.`%s/labels` SET TBLPROPERTIES ('delta.deletedFileRetentionDuration' = 'interval 0 hours')"
            .formatted(output));

    CommandRun run = CommandRun.of("maintain", "--output", output);

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("labels +.* compacted to 1 file .*; deleted [1-9]");
    long version =
        DeltaTable.forPath(spark, output + "/labels").history(1).first().getAs("version");
    assertThat(prompts()).containsExactlyElementsOf(expected(6));

    assertThat(relabel()).contains("Nothing new");
    label("c", 6, 8);

    assertThat(prompts()).containsExactlyElementsOf(expected(8));
    assertThat(changes(version)).containsExactly("bread 6", "bread 7");
  }

  @Test
  void refusesWhatIsNoOutputAndDaysThatAreTooFew() {
    CommandRun absent = CommandRun.of("maintain", "--output", output);
    assertThat(absent.err()).contains("error [OUTPUT_MISSING]").doesNotContain("Next:");
    assertThat(absent.exit()).isEqualTo(ExitCode.USAGE);

    CommandRun few = CommandRun.of("maintain", "--output", output, "--retain-days", 6);
    assertThat(few.err()).contains("error [USAGE]", "expected at least 7");
    assertThat(few.exit()).isEqualTo(ExitCode.USAGE);
    assertThat(output).doesNotExist();
  }

  private void label(String name, int from, int to) throws IOException {
    Files.write(
        input.resolve(name + ".jsonl"),
        IntStream.range(from, to)
            .mapToObj("{\"prompt\":\"bread %d\",\"response\":\"flour\"}"::formatted)
            .toList());
    relabel();
  }

  private String relabel() {
    CommandRun run = CommandRun.of("label", "--input", input, "--output", output, "--include-text");
    assertThat(run.exit()).as(run.err()).isZero();
    return run.out();
  }

  private List<String> prompts() {
    return spark
        .read()
        .format("delta")
        .load(output + "/labels")
        .select("prompt_text")
        .orderBy("prompt_text")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private List<String> changes(long from) {
    return spark
        .read()
        .format("delta")
        .option("readChangeFeed", true)
        .option("startingVersion", from)
        .load(output + "/labels")
        .where("_change_type = 'insert'")
        .select("prompt_text")
        .orderBy("prompt_text")
        .as(Encoders.STRING())
        .collectAsList();
  }

  private static List<String> expected(int count) {
    return IntStream.range(0, count).mapToObj("bread %d"::formatted).toList();
  }
}

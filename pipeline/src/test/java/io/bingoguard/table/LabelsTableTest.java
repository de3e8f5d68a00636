package io.bingoguard.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.bingoguard.bundle.ModelIdentity;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.spark.rows.LabelRow;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.testing.Commits;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import io.bingoguard.testing.SharedSpark;
import io.delta.tables.DeltaTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LabelsTableTest {
  private final SparkSession spark = SharedSpark.session();
  private final RunStamp stamp = FakeLabeller.stamp("run-1");

  @TempDir Path folder;

  @Test
  void isBornWithCommentsConstraintsChangeFeedAndClustering() {
    LabelsTable table = open(stamp, false);

    assertThat(Arrays.stream(table.read().schema().fields()))
        .hasSize(36)
        .allSatisfy(field -> assertThat(field.getComment().isDefined()).isTrue());
    Row detail = DeltaTable.forPath(spark, table.path()).detail().first();
    assertThat(detail.<String>getAs("description")).isNotBlank();
    assertThat(detail.getList(detail.fieldIndex("clusteringColumns")))
        .isEqualTo(List.of("labelled_at", "conversation_id"));
    assertThat(detail.getList(detail.fieldIndex("partitionColumns"))).isEmpty();
    assertThat(detail.<Integer>getAs("minReaderVersion")).isEqualTo(1);
    assertThat(detail.<String, String>getJavaMap(detail.fieldIndex("properties")))
        .containsEntry("delta.enableChangeDataFeed", "true")
        .containsKey("delta.constraints.one_model");
    assertThat(DeltaTable.forPath(spark, table.path()).history().count()).isEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "turn_index | -1",
        "label_status | 'fine'",
        "prompt_probability | 1.5D",
        "prompt_probability | double('NaN')",
        "response_probability | -0.1D",
        "format_confidence | 2D",
        "prompt_harmful | null",
        "response_probability | null",
        "response_harmful | false",
        "severity | 5",
        "severity_score | 4.5D",
        "severity_score | null",
        "error_message | 'odd'",
        "format_confidence | null",
        "severity_probabilities | array(1D)",
        "severity_probabilities | array(1D, 0D, 0D, 0D, null)",
        "error_code | 'ODD'",
        "conversation_id | null",
        "model_revision | 'another'",
        "prompt_pack | 'another'",
      })
  void refusesRowsThatBreakAnInvariant(String column, String value) {
    LabelsTable table = open(stamp, false);
    Dataset<Row> good = labels(Exchanges.row("c", 0, "a harmful wish", "a harmful reply"));
    Dataset<Row> bad = good.withColumn(column, functions.expr(value).cast(type(column)));

    assertThatThrownBy(() -> table.append(bad, Commits.of("run-1", 0)))
        .hasStackTraceContaining("DeltaInvariantViolationException");
    table.append(good, Commits.of("run-1", 0));

    assertThat(table.read().count()).isEqualTo(1);
  }

  @Test
  void aCommitTellsItsRunItsModelAndItsFiles() throws IOException {
    LabelsTable table = open(stamp, false);
    FakeLabeller labeller = new FakeLabeller(stamp, false);
    InputFiles read =
        new InputFiles(
            "file:/in", "json pairs", OptionalLong.of(3), List.of(new FileState("file:/a", 5, 7)));

    LabelsTable.Committed first =
        table.append(
            Exchanges.labelled(labeller, Exchanges.row("c", 0, "hi", "hello")),
            new LabelCommit(stamp, 4, read));

    assertThat(first).isEqualTo(new LabelsTable.Committed(1, 1));
    String told =
        DeltaTable.forPath(spark, table.path())
            .history()
            .where("operation = 'WRITE'")
            .select("userMetadata")
            .first()
            .getString(0);
    JsonNode json = new JsonMapper().readTree(told);
    assertThat(json.get("run_id").asText()).isEqualTo(stamp.runId());
    assertThat(json.get("batch").asLong()).isEqualTo(4);
    assertThat(json.get("model_id").asText()).isEqualTo("fake");
    assertThat(json.get("prompt_pack").asText()).isEqualTo(stamp.model().promptPack());
    assertThat(LabelCommit.read(json)).hasValue(read);
  }

  @Test
  void refusesAnotherModelOnceThereAreRows() {
    RunStamp other =
        new RunStamp(
            "run-2", new ModelIdentity("fake", "revision-2", stamp.model().promptPack()), "test");
    open(stamp, false);
    LabelsTable reopened = open(other, false);
    FakeLabeller labeller = new FakeLabeller(other, false);
    reopened.append(
        Exchanges.labelled(labeller, Exchanges.row("c", 0, "hi", "hello")), Commits.of("run-2", 0));

    assertThat(open(other, false).read().count()).isEqualTo(1);
    assertThatThrownBy(() -> open(stamp, false))
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("revision-2")
        .hasMessageContaining("revision-1")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);
  }

  @Test
  void refusesWhatAnotherRunFilledSinceItWasLookedAt() {
    RunStamp other =
        new RunStamp(
            "run-2", new ModelIdentity("fake", "revision-2", stamp.model().promptPack()), "test");
    LabelsTable late =
        LabelsTable.of(
            spark,
            OutputDirectory.open(folder.toString(), spark.sessionState().newHadoopConf()),
            other,
            false);
    late.refuseUnfit();
    open(stamp, false)
        .append(
            Exchanges.labelled(
                new FakeLabeller(stamp, false), Exchanges.row("c", 0, "hi", "hello")),
            Commits.of("run-1", 0));

    assertThatThrownBy(late::create).extracting("code").isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);
    assertThat(open(stamp, false).read().count()).isEqualTo(1);
  }

  @Test
  void lookingAtAnOutputChangesNothing() {
    LabelsTable table =
        LabelsTable.of(
            spark,
            OutputDirectory.open(
                folder.resolve("new").toString(), spark.sessionState().newHadoopConf()),
            stamp,
            false);

    table.refuseUnfit();

    assertThat(table.isEmpty()).isTrue();
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void refusesFilesThatAreNoDeltaTable() throws IOException {
    Files.createDirectories(folder.resolve("labels"));
    Files.writeString(folder.resolve("labels/part-0.json"), "{}");

    assertThatThrownBy(() -> open(stamp, false))
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("not a Delta table");
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void createsWhatADriverDiedCreating(boolean whileWriting) throws IOException {
    Path log = Files.createDirectories(folder.resolve("labels/_delta_log"));
    if (whileWriting) {
      Files.createDirectory(log.resolve("_commits"));
      Files.writeString(log.resolve(".00000000000000000000.json.1.tmp"), "{}");
    }

    assertThat(open(stamp, false).read().count()).isZero();
  }

  @RepeatedTest(5)
  void letsSeveralDriversCreateItAtOnce() throws Exception {
    ExecutorService drivers = Executors.newFixedThreadPool(4);
    try {
      Callable<LabelsTable> opening = () -> open(stamp, false);
      for (Future<LabelsTable> opened :
          drivers.invokeAll(List.of(opening, opening, opening, opening))) {
        assertThat(opened.get().read().count()).isZero();
      }
    } finally {
      drivers.shutdownNow();
    }
  }

  private LabelsTable open(RunStamp run, boolean includeText) {
    OutputDirectory output =
        OutputDirectory.open(folder.toString(), spark.sessionState().newHadoopConf());
    LabelsTable table = LabelsTable.of(spark, output, run, includeText);
    table.refuseUnfit();
    table.create();
    return table;
  }

  private Dataset<Row> labels(Row... exchanges) {
    return Exchanges.labelled(new FakeLabeller(stamp, false), exchanges);
  }

  private static String type(String column) {
    return LabelRow.schema(false).apply(column).dataType().catalogString();
  }
}

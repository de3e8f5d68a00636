package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.table.FilesAgreement;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.testing.FakeLabeller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A new model labels all again, beside the labels of the old one. */
class RescanTest extends LabelRuns {
  private static final Path CURRENT = Path.of("../conf/sql/current_labels.sql");

  @Test
  void anotherModelIsRefusedUnlessAllIsToBeLabelledByItToo() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");

    assertThatThrownBy(() -> by("run-2", "revision-2", false))
        .hasMessageContaining("--rescan")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);

    assertThat(by("run-3", "revision-2", true).statistics().exchanges()).isEqualTo(3);
    assertThat(byModel(labels())).isEqualTo(Map.of("revision-1", 3L, "revision-2", 3L));
    assertThat(byModel(current())).isEqualTo(Map.of("revision-2", 3L));
  }

  @Test
  void theNewModelGoesOnByItselfAndTheOldIsRefused() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    by("run-2", "revision-2", true);
    pairs("b.jsonl", 3, 5);

    assertThatThrownBy(() -> run("run-3"))
        .hasMessageContaining("revision-2")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_OTHER_MODEL);
    assertThat(by("run-4", "revision-2", false).statistics().exchanges()).isEqualTo(2);
    assertThat(byModel(labels())).isEqualTo(Map.of("revision-1", 3L, "revision-2", 5L));
  }

  @Tag("histories")
  @Test
  void aRescanThatEndedEarlyGoesOnAndTheViewHasEveryExchangeOnceMeanwhile() throws IOException {
    pairs("a.jsonl", 0, 3);
    pairs("b.jsonl", 3, 6);
    run("run-1");
    RunStamp stamp = FakeLabeller.stamp("run-2", "revision-2");
    FakeLabeller failing = new FakeLabeller(stamp, true).failOnceAt("prompt 5");
    assertThatThrownBy(
            () ->
                builder(stamp, failing, corpus())
                    .policy(policy(true).withFilesPerBatch(1))
                    .prepare()
                    .execute())
        .isInstanceOf(RuntimeException.class);

    assertThat(byModel(current())).isEqualTo(Map.of("revision-1", 3L, "revision-2", 3L));
    assertThat(by("run-3", "revision-2", true).statistics().exchanges()).isEqualTo(3);
    assertThat(byModel(current())).isEqualTo(Map.of("revision-2", 6L));
    assertThat(by("run-4", "revision-2", true).statistics().exchanges()).isZero();
  }

  @Test
  void goingBackToTheOldModelLabelsOnlyWhatIsNew() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    by("run-2", "revision-2", true);
    pairs("b.jsonl", 3, 5);

    assertThat(by("run-3", "revision-1", true).statistics().exchanges()).isEqualTo(2);
    assertThat(byModel(current())).isEqualTo(Map.of("revision-1", 5L));
  }

  @Test
  void errorsOfTheOldModelAreNotJudgedAgainByTheNew() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    spark.sql(
        "UPDATE delta.`%s` SET label_status = 'error', error_code = 'TASK_FAILED', error_message = 'x' WHERE prompt_text = 'prompt 1'"
            .formatted(output.resolve("labels")));
    by("run-2", "revision-2", true);

    LabelSummary again =
        builder(
                FakeLabeller.stamp("run-3", "revision-2"),
                new FakeLabeller(FakeLabeller.stamp("run-3", "revision-2"), true),
                corpus())
            .policy(InputPolicy.USUAL.with(InputPolicy.Choice.RETRY_ERRORS, true))
            .prepare()
            .execute();

    assertThat(again.retried()).isZero();
    assertThat(byModel(labels())).isEqualTo(Map.of("revision-1", 3L, "revision-2", 3L));
  }

  @Tag("histories")
  @Test
  void filesAreForgottenAndComparedByModel() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    by("run-2", "revision-2", true);
    FilesAgreement.of(spark, OutputDirectory.open(output.toString(), new Configuration()))
        .rebuild();
    pairs("b.jsonl", 3, 4);

    assertThat(by("run-3", "revision-2", false).statistics().exchanges()).isEqualTo(1);
    assertThat(by("run-4", "revision-1", true).statistics().exchanges()).isEqualTo(1);
    assertThat(byModel(labels())).isEqualTo(Map.of("revision-1", 4L, "revision-2", 4L));
  }

  private LabelSummary by(String run, String revision, boolean rescan) {
    RunStamp stamp = FakeLabeller.stamp(run, revision);
    return builder(stamp, new FakeLabeller(stamp, true), corpus())
        .policy(policy(rescan))
        .prepare()
        .execute();
  }

  private static InputPolicy policy(boolean rescan) {
    return InputPolicy.USUAL.with(InputPolicy.Choice.RESCAN, rescan);
  }

  private Dataset<Row> current() throws IOException {
    labels().createOrReplaceTempView("labels");
    runs().createOrReplaceTempView("runs");
    spark.sql(Files.readString(CURRENT));
    return spark.table("current_labels");
  }

  private static Map<String, Long> byModel(Dataset<Row> labels) {
    List<Row> counts = labels.groupBy("model_revision").count().collectAsList();
    Map<String, Long> byModel = new TreeMap<>();
    counts.forEach(row -> byModel.put(row.getString(0), row.getLong(1)));
    return byModel;
  }
}

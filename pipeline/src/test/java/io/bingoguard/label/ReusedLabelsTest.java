package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.spark.rows.RunStamp;
import io.bingoguard.testing.FakeLabeller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Texts that were judged before keep their labels. */
class ReusedLabelsTest extends LabelRuns {
  private static final String[] JUDGED = {
    "prompt_text",
    "prompt_harmful",
    "prompt_probability",
    "prompt_category",
    "response_harmful",
    "severity",
    "severity_score",
    "label_status",
    "input_tokens",
    "engine_version"
  };

  @Test
  void equalTextsInAnotherFileAreNotJudgedAgain() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    pairs("b.jsonl", 4, 9);

    FakeLabeller labeller = labeller("run-2");
    LabelSummary second = job("run-2", labeller, 32).execute();

    assertThat(labeller.judged()).isEqualTo(3);
    assertThat(second.statistics().exchanges()).isEqualTo(5);
    assertThat(second.statistics().reused()).isEqualTo(2);
    assertThat(second.statistics().reusedTokens()).isEqualTo(20);
    Dataset<Row> copies = labels().where("reused_from = 'run-1'");
    assertThat(copies.where("run_id = 'run-2' AND input_file LIKE '%/b.jsonl'").count())
        .isEqualTo(2);
    assertThat(judged(copies)).isSubsetOf(judged(labels().where("run_id = 'run-1'")));
    assertThat(runs().where("run_id = 'run-2'").select("exchanges_reused", "tokens_reused").first())
        .hasToString("[2,20]");
  }

  @Tag("histories")
  @Test
  void aCopyOfACopyNamesTheRunThatJudged() throws IOException {
    pairs("a.jsonl", 0, 2);
    run("run-1");
    pairs("b.jsonl", 0, 2);
    run("run-2");
    pairs("c.jsonl", 0, 2);
    run("run-3");

    assertThat(labels().where("run_id = 'run-3' AND reused_from = 'run-1'").count()).isEqualTo(2);
  }

  @Test
  void nothingIsReusedWhenThatIsNotWantedOrTheModelIsAnother() throws IOException {
    pairs("a.jsonl", 0, 2);
    run("run-1");
    pairs("b.jsonl", 0, 2);

    FakeLabeller again = labeller("run-2");
    builder("run-2", again, 32)
        .policy(InputPolicy.USUAL.with(InputPolicy.Choice.REUSE_LABELS, false))
        .prepare()
        .execute();
    assertThat(again.judged()).isEqualTo(2);

    RunStamp stamp = FakeLabeller.stamp("run-3", "revision-2");
    FakeLabeller other = new FakeLabeller(stamp, true);
    builder(stamp, other, corpus())
        .policy(InputPolicy.USUAL.with(InputPolicy.Choice.RESCAN, true))
        .prepare()
        .execute();
    assertThat(other.judged()).isEqualTo(4);
  }

  @Test
  void labelsMadeByOtherSettingsAndErrorsAreNotReused() throws IOException {
    pairs("a.jsonl", 0, 4);
    run("run-1");
    spark.sql(
        "UPDATE delta.`%s` SET settings = map_concat(map_filter(settings, (k, v) -> k <> 'severity'), map('severity', 'off'))"
            .formatted(output.resolve("runs")));
    pairs("b.jsonl", 0, 4);
    FakeLabeller second = labeller("run-2");
    job("run-2", second, 32).execute();
    assertThat(second.judged()).isEqualTo(4);

    spark.sql(
        "UPDATE delta.`%s` SET label_status = 'error', error_code = 'TASK_FAILED', error_message = 'x' WHERE prompt_text = 'prompt 1'"
            .formatted(output.resolve("labels")));
    pairs("c.jsonl", 0, 4);
    FakeLabeller third = labeller("run-3");
    job("run-3", third, 32).execute();
    assertThat(third.judged()).isEqualTo(1);
  }

  @Test
  void aFileThatCannotBeReadDoesNotKeepOthersFromBeingReused() throws IOException {
    pairs("a.jsonl", 0, 4);
    run("run-1");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
      gzip.write(lines(100, 2000).getBytes(StandardCharsets.UTF_8));
    }
    byte[] torn = whole.toByteArray();
    pairs("b.jsonl", 0, 4);
    FakeLabeller labeller = labeller("run-2");
    LabelJob job = builder("run-2", labeller, 1).prepare();
    Files.write(input.resolve("c.jsonl.gz"), Arrays.copyOf(torn, torn.length / 2));

    LabelSummary summary = job.execute();

    assertThat(summary.files().quarantined()).hasSize(1);
    assertThat(summary.statistics().reused()).isEqualTo(4);
    assertThat(labeller.judged()).isZero();
  }

  @Tag("histories")
  @Test
  void whatIsCountedOfTheInputIsCountedOnce() throws IOException {
    pairs("a.jsonl", 0, 2);
    run("run-1");
    Files.writeString(
        input.resolve("b.jsonl"),
        "{\"prompt\":\"prompt 1\",\"response\":\"a reply\",\"timestamp\":\"no time\"}\n");

    assertThat(run("run-2").unread().values())
        .isEqualTo(
            runAlone(
                "{\"prompt\":\"prompt 1\",\"response\":\"a reply\",\"timestamp\":\"no time\"}\n"));
  }

  private long runAlone(String lines) throws IOException {
    input = Files.createDirectory(folder.resolve("alone"));
    output = folder.resolve("alone-output");
    Files.writeString(input.resolve("b.jsonl"), lines);
    return run("run-alone").unread().values();
  }

  private static List<String> judged(Dataset<Row> labels) {
    return labels.selectExpr(JUDGED).collectAsList().stream().map(Row::toString).toList();
  }
}

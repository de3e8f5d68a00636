package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.testing.FakeLabeller;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class LabelJobTest extends LabelRuns {
  @Test
  void labelsEveryExchangeAndSumsTheRunUp() throws IOException {
    pairs("a.jsonl", 0, 6);

    LabelSummary summary = run("run-1");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
    assertThat(summary.statistics().exchanges()).isEqualTo(6);
    assertThat(summary.statistics().conversations()).isEqualTo(6);
    assertThat(summary.statistics().promptHarmful()).isEqualTo(3);
    assertThat(summary.statistics().responseHarmful()).isZero();
    assertThat(summary.statistics().byStatus())
        .containsEntry("ok", 6L)
        .containsEntry("error", 0L)
        .hasSize(LabelStatus.values().length);
    assertThat(summary.statistics().promptsByCategory()).containsExactly(Map.entry("S1", 3L));
    assertThat(summary.statistics().bySeverity()).containsEntry("0", 6L).hasSize(5);
    assertThat(summary.statistics().inputTokens()).isEqualTo(60);
    assertThat(progress.toString(StandardCharsets.UTF_8))
        .contains("labelled 6 exchanges", "100% of 6 conversations");
    Row recorded = runs().first();
    assertThat(recorded.<String>getAs("run_id")).isEqualTo("run-1");
    assertThat(recorded.<Integer>getAs("exit_code")).isZero();
    assertThat(recorded.<Long>getAs("exchanges")).isEqualTo(6);
    assertThat(recorded.<String>getAs("input")).isEqualTo("file:" + input);
    assertThat(recorded.getJavaMap(recorded.fieldIndex("settings")))
        .isEqualTo(
            Map.of(
                "severity", "flagged",
                "spark.bingoguard.device", "auto",
                "spark.bingoguard.maxTokens", "4096",
                "spark.bingoguard.longText", "window",
                "spark.bingoguard.maxWindows", "512",
                "spark.bingoguard.prepare", "",
                "spark.bingoguard.precision", "auto",
                "spark.bingoguard.sessionFactory", "onnxruntime"));
  }

  @Test
  void countsIdsThatStandInSeveralRecords() throws IOException {
    Files.writeString(
        input.resolve("a.jsonl"),
        """
        {"id":"1","prompt":"prompt 1","response":"a reply"}
        {"id":"2","prompt":"prompt 3","response":"a reply"}
        {"id":"1","prompt":"prompt 5","response":"a reply"}
        """);

    LabelSummary summary = run("run-1");

    assertThat(summary.repeatedKeys()).isEqualTo(1);
    assertThat(labels().select("input_file", "input_row").distinct().count()).isEqualTo(3);
  }

  @Test
  void labelsOnlyWhatIsNewWhenRunAgain() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");

    assertThat(run("run-2").statistics().exchanges()).isZero();
    pairs("b.jsonl", 6, 9);
    assertThat(run("run-3").statistics().exchanges()).isEqualTo(3);

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 9));
    assertThat(runs().count()).isEqualTo(3);
  }

  @Test
  void refusesAnInputThatNewFilesMakeLookDifferent() throws IOException {
    pairs("b.jsonl", 0, 6);
    run("run-1");
    Files.writeString(
        input.resolve("a.jsonl"), "{\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}\n");

    assertThatThrownBy(() -> run("run-2"))
        .isInstanceOf(GuardException.class)
        .extracting("code")
        .isEqualTo(ErrorCode.INPUT_READ_OTHERWISE);

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
  }

  @Test
  void readsTheRepliesOfNewFilesWhereOldOnesHadNone() {
    parquet("[{'prompt':'prompt 0 harm'},{'prompt':'prompt 1'}]");
    assertThat(run("run-1").statistics().byStatus()).containsEntry("ok", 2L);
    parquet("[{'prompt':'prompt 2 harm','response':'a reply','remark':7}]");

    LabelSummary second = run("run-2");

    assertThat(second.statistics().exchanges()).isEqualTo(1);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 3));
    assertThat(labels().where("response_text = 'a reply'").count()).isEqualTo(1);
    assertThat(run("run-3").statistics().exchanges()).isZero();
  }

  @Test
  void labelsASingleFileOnceWhateverComesBesideIt() throws IOException {
    pairs("a:1.jsonl", 0, 3);
    pairs("a:2.jsonl", 3, 5);
    input = input.resolve("a:1.jsonl");

    assertThat(run("run-1").statistics().exchanges()).isEqualTo(3);
    assertThat(run("run-2").statistics().exchanges()).isZero();

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 3));
  }

  @Test
  void labelsWhatIsNewWhereSparkCannotFollowThePath() throws IOException {
    input = Files.createDirectory(folder.resolve("12:30 [UTC]"));
    pairs("a.jsonl", 0, 3);
    assertThat(run("run-1").statistics().exchanges()).isEqualTo(3);
    pairs("b.jsonl", 3, 5);

    assertThat(run("run-2").statistics().exchanges()).isEqualTo(2);
    assertThat(run("run-3").statistics().exchanges()).isZero();

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 5));
  }

  @Test
  void saysWhichFileEndedTheRunAndGoesOnWithoutIt() throws IOException {
    pairs("a.jsonl", 0, 3);
    LabelJob job =
        builder("run-1", 1)
            .policy(InputPolicy.USUAL.with(InputPolicy.Choice.QUARANTINE, false))
            .prepare();
    Path broken = input.resolve("b.jsonl.gz");
    Files.write(broken, new byte[] {1, 2, 3});

    assertThatThrownBy(job::execute)
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("b.jsonl.gz")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_UNREADABLE);
    Files.delete(broken);
    run("run-2");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 3));
  }

  @Test
  void labelsNewFilesWithAnOldDate() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    pairs("b.jsonl", 3, 5);
    Files.setLastModifiedTime(input.resolve("b.jsonl"), FileTime.fromMillis(1_000_000));

    assertThat(run("run-2").statistics().exchanges()).isEqualTo(2);

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 5));
  }

  @Test
  void goesOnAfterACrashInTheMiddleOfTheSecondBatch() throws IOException {
    pairs("a.jsonl", 0, 6);
    pairs("b.jsonl", 6, 12);
    // The oldest file comes first.
    Files.setLastModifiedTime(input.resolve("a.jsonl"), FileTime.fromMillis(1_000_000));
    FakeLabeller labeller = labeller("run-1").failOnceAt("prompt 9");

    assertThatThrownBy(() -> job("run-1", labeller, 1).execute())
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("the labeller was told to fail")
        .hasMessageContaining(input.toString())
        .extracting("code")
        .isEqualTo(ErrorCode.RUN_FAILED);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
    Row failed = runs().first();
    assertThat(failed.<Integer>getAs("exit_code")).isEqualTo(75);
    assertThat(failed.<Long>getAs("exchanges")).isEqualTo(6);
    assertThat(failed.<String>getAs("error_message")).startsWith("RUN_FAILED");

    assertThat(run("run-2").statistics().exchanges()).isEqualTo(6);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 12));
  }

  @Test
  void evaluatesEachExchangeOnce() throws IOException {
    pairs("a.jsonl", 0, 50);
    FakeLabeller labeller = labeller("run-1");

    job("run-1", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(50);
  }

  @Test
  void spreadsOneCompressedFileOverAllCoresAndWritesOneFile() throws IOException {
    try (GZIPOutputStream file =
        new GZIPOutputStream(Files.newOutputStream(input.resolve("a.jsonl.gz")))) {
      file.write(lines(0, 40).getBytes(StandardCharsets.UTF_8));
    }

    FakeLabeller labeller = labeller("run-1");
    job("run-1", labeller, 32).execute();

    assertThat(labeller.tasks()).isEqualTo(spark.sparkContext().defaultParallelism());
    assertThat(labels().select("_metadata.file_path").distinct().count()).isEqualTo(1);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 40));
  }

  @Test
  void keepsSeveralInputsApartInOneOutput() throws IOException {
    pairs("a.jsonl", 0, 3);
    run("run-1");
    input = Files.createDirectory(folder.resolve("second"));
    pairs("a.jsonl", 3, 5);

    assertThat(run("run-2").statistics().exchanges()).isEqualTo(2);
    assertThat(run("run-3").statistics().exchanges()).isZero();

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 5));
  }

  @Test
  void labelsOnlyNewMessagesOfTreesThatAreReadWhole() throws IOException {
    message("m1", null, "prompt 0 harm", "prompter", "t1");
    message("m2", "m1", "reply", "assistant", "t1");
    assertThat(run("run-1").statistics().exchanges()).isEqualTo(1);
    FakeLabeller idle = labeller("run-2");

    assertThat(job("run-2", idle, 32).execute().statistics().exchanges()).isZero();
    assertThat(idle.labelled()).isZero();
    message("m3", null, "prompt 1", "prompter", "t2");
    message("m4", "m3", "reply", "assistant", "t2");
    FakeLabeller labeller = labeller("run-3");

    assertThat(job("run-3", labeller, 32).execute().statistics().exchanges()).isEqualTo(1);
    assertThat(labeller.labelled()).isEqualTo(1);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 2));
  }

  @Test
  void endsAfterTheBatchThatHasTooManyErrorsAndLosesNothing() throws IOException {
    pairs("a.jsonl", 0, 1000);
    Files.writeString(
        input.resolve("a.jsonl"), "{no record\n".repeat(300), StandardOpenOption.APPEND);
    pairs("b.jsonl", 1000, 1010);
    Files.setLastModifiedTime(input.resolve("a.jsonl"), FileTime.fromMillis(1_000_000));

    assertThatThrownBy(
            () -> builder("run-1", 1).errorLimit(new ErrorLimit(0.2)).prepare().execute())
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("300 of 1,300 exchanges")
        .extracting("code")
        .isEqualTo(ErrorCode.TOO_MANY_ERRORS);
    assertThat(labels().count()).isEqualTo(1300);
    assertThat(runs().first().<Integer>getAs("exit_code")).isEqualTo(4);

    assertThat(run("run-2").statistics().exchanges()).isEqualTo(10);
    assertThat(labels().count()).isEqualTo(1310);
    assertThat(labels().where("label_status = 'error'").count()).isEqualTo(300);
  }
}

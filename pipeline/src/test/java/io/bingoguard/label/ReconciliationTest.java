package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.table.FilesAgreement;
import io.bingoguard.table.LabelsTable;
import io.bingoguard.table.OutputDirectory;
import io.bingoguard.table.OutputState;
import io.bingoguard.testing.Commits;
import io.bingoguard.testing.Exchanges;
import io.bingoguard.testing.FakeLabeller;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The labels say what is labelled, whatever became of the table that remembers files. */
class ReconciliationTest extends LabelRuns {
  @AfterEach
  void forgetLogs() {
    DeltaLog.clearCache();
  }

  @Test
  void aRunThatDiedBeforeItRecordedItsFilesIsCaughtUpOn() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    dropVersionsFrom("files", 1);

    assertNothingNew("run-2");

    assertThat(files().where("status = 'labelled' AND run_id = 'run-1'").count()).isEqualTo(1);
  }

  @Tag("histories")
  @Test
  void filesThatAreForgottenAreKnownByTheCommitsOfTheirLabels() throws IOException {
    pairs("a.jsonl", 0, 6);
    pairs("b.jsonl", 6, 9);
    run("run-1");
    delete(output.resolve("files"));

    assertNothingNew("run-2");
    pairs("c.jsonl", 9, 11);
    FakeLabeller labeller = labeller("run-3");
    job("run-3", labeller, 1).execute();

    assertThat(labeller.labelled()).isEqualTo(2);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 11));
    assertThat(files().where("bytes IS NULL").count()).isZero();
  }

  @Tag("histories")
  @Test
  void filesAreKnownByTheirLabelsWhereCommitsNoLongerTell() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    spark.sql("RESTORE delta.`%s` TO VERSION AS OF 1".formatted(output.resolve("labels")));
    delete(output.resolve("files"));
    pairs("b.jsonl", 6, 9);

    FakeLabeller labeller = labeller("run-2");
    job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(3);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 9));
    assertNothingNew("run-3");
  }

  @Tag("histories")
  @Test
  void labelsOfAnEarlierBuildWhoseCommitsNameNoFilesAreNotMadeAgain() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    delete(output.resolve("files"));
    Path log = output.resolve("labels/_delta_log");
    Path commit = log.resolve("%020d.json".formatted(1));
    Files.writeString(commit, Files.readString(commit).replace("files\\\":", "others\\\":"));
    Files.delete(log.resolve("." + commit.getFileName() + ".crc"));
    DeltaLog.clearCache();
    pairs("b.jsonl", 6, 8);

    FakeLabeller labeller = labeller("run-2");
    job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(2);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 8));
    assertNothingNew("run-3");
  }

  @Tag("histories")
  @Test
  void filesThatAnEarlierBuildRecordedAreOfTheModelThatThereWas() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    files()
        .drop("model_revision", "prompt_pack")
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(output.resolve("files").toString());

    assertNothingNew("run-2");

    assertThat(files().select("model_revision").distinct().collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("revision-1");
  }

  @Tag("histories")
  @Test
  void filesThatAnEarlierBuildPutAsideWithoutAnyLabelsAreReadOnceTheyAreWhole() throws IOException {
    pairs("b.jsonl", 0, 1);
    LabelJob job = job("run-1", labeller("run-1"), 32);
    Files.delete(input.resolve("b.jsonl"));
    Files.write(input.resolve("a.jsonl.gz"), new byte[] {1, 2, 3});
    job.execute();
    files()
        .drop("model_revision", "prompt_pack")
        .write()
        .format("delta")
        .mode("overwrite")
        .option("overwriteSchema", "true")
        .save(output.resolve("files").toString());
    Files.delete(input.resolve("a.jsonl.gz"));
    pairs("a.jsonl", 0, 3);

    run("run-2");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 3));
    assertNothingNew("run-3");
  }

  @Tag("histories")
  @Test
  void exchangesThatAreAlikeAreCountedWhereLabelsAreAllThatIsKnown() throws IOException {
    Files.writeString(input.resolve("a.jsonl"), lines(0, 2).repeat(3));
    run("run-1");
    spark.sql("RESTORE delta.`%s` TO VERSION AS OF 1".formatted(output.resolve("labels")));
    delete(output.resolve("files"));
    Files.writeString(input.resolve("a.jsonl"), lines(0, 2).repeat(4));

    FakeLabeller labeller = labeller("run-2");
    job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(2);
    assertThat(labels().groupBy("prompt_text").count().select("count").distinct().first())
        .extracting(row -> row.getLong(0))
        .isEqualTo(4L);
  }

  @Tag("histories")
  @Test
  void aDeltaTableIsComparedWithLabelsWhoseFilesAreUnknown() throws IOException {
    deltaTable(0, 4);
    run("run-1");
    spark.sql("RESTORE delta.`%s` TO VERSION AS OF 1".formatted(output.resolve("labels")));
    delete(output.resolve("files"));

    assertNothingNew("run-2");
    deltaTable(4, 6);
    FakeLabeller labeller = labeller("run-3");
    job("run-3", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(2);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
  }

  @Tag("histories")
  @Test
  void aDeltaTableIsComparedAnewAfterEveryRepair() throws IOException {
    deltaTable(0, 4);
    run("run-1");
    String restore = "RESTORE delta.`%s` TO VERSION AS OF 1".formatted(output.resolve("labels"));
    spark.sql(restore);
    repair();
    assertNothingNew("run-2");
    spark.sql(restore);
    repair();

    assertNothingNew("run-3");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 4));
  }

  @Test
  void labelsThatWereDeletedAreMissed() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    delete(output.resolve("labels"));

    assertBehind("there is no such table");
    repair();
    run("run-2");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
    assertNothingNew("run-3");
  }

  @Tag("histories")
  @Test
  void labelsOfAnOlderCopyAreMissedAndRepairLabelsWhatIsMissing() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    pairs("b.jsonl", 6, 9);
    run("run-2");
    dropVersionsFrom("labels", 2);

    assertBehind("it is at version 1, and version 2 was written");
    repair();
    FakeLabeller labeller = labeller("run-3");
    job("run-3", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(3);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 9));
    assertNothingNew("run-4");
  }

  @Tag("histories")
  @Test
  void labelsThatWereRestoredAreMissedAndRepairLabelsWhatIsMissing() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    pairs("b.jsonl", 6, 9);
    run("run-2");
    spark.sql("RESTORE delta.`%s` TO VERSION AS OF 1".formatted(output.resolve("labels")));

    assertBehind("its version 3 was made by RESTORE");
    repair();
    run("run-3");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 9));
  }

  @Test
  void filesWhoseLastCommitIsTornAreRefusedUntilTheyAreRepaired() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    Path torn = output.resolve("files/_delta_log/%020d.json".formatted(1));
    Files.writeString(torn, Files.readString(torn).substring(0, 700));
    Files.delete(torn.resolveSibling(".%020d.json.crc".formatted(1)));
    DeltaLog.clearCache();

    assertThatThrownBy(() -> run("run-2"))
        .hasMessageContaining("repair")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_UNREADABLE);
    FilesAgreement.of(spark, directory()).deleteBroken();
    repair();

    assertNothingNew("run-3");
  }

  @Test
  void rowsThatSomebodyDeletedAreToldAndNotLabelledAgain() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    spark.sql(
        "DELETE FROM delta.`%s` WHERE prompt_text = 'prompt 1'"
            .formatted(output.resolve("labels")));

    LabelSummary second = run("run-2");

    assertThat(second.files().edits()).containsExactly("2 DELETE");
    assertThat(second.statistics().exchanges()).isZero();
    assertThat(OutputState.of(spark, directory()).missing()).isEqualTo(1);
    repair();
    assertThat(run("run-3").statistics().exchanges()).isEqualTo(1);
  }

  @Test
  void filesOfAnotherOutputAreRefused() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    Path first = output;
    output = folder.resolve("second");
    run("run-2");
    delete(output.resolve("files"));
    copy(first.resolve("files"), output.resolve("files"));

    assertBehind("it is another table than the one that was written to");
  }

  @Test
  void aRunThatAnotherOvertakesWritesNothing() throws IOException {
    pairs("a.jsonl", 0, 3);
    LabelsTable other = labelsTable("run-2");
    FakeLabeller labeller = labeller("run-1");
    LabelJob job =
        builder("run-1", labeller, 1)
            .refuseLost(
                () ->
                    other.append(
                        Exchanges.labelled(labeller("run-2"), Exchanges.row("c", 0, "x", "y")),
                        Commits.of("run-2", 0)))
            .prepare();
    assertThatThrownBy(job::execute).extracting("code").isEqualTo(ErrorCode.OUTPUT_IN_USE);

    assertThat(labels().where("run_id = 'run-1'").count()).isZero();
    assertThat(labels().where("run_id = 'run-2'").count()).isEqualTo(1);
  }

  private LabelsTable labelsTable(String run) {
    return LabelsTable.of(spark, directory(), FakeLabeller.stamp(run), true);
  }

  private OutputDirectory directory() {
    return OutputDirectory.open(output.toString(), new Configuration());
  }

  private void assertBehind(String seen) {
    DeltaLog.clearCache();
    assertThatThrownBy(() -> run("run-9"))
        .hasMessageContaining(seen)
        .hasMessageContaining("repair")
        .extracting("code")
        .isEqualTo(ErrorCode.OUTPUT_BEHIND);
  }

  private void repair() {
    FilesAgreement.of(spark, directory()).rebuild();
  }

  private void assertNothingNew(String run) {
    DeltaLog.clearCache();
    FakeLabeller labeller = labeller(run);
    job(run, labeller, 32).execute();
    assertThat(labeller.labelled()).isZero();
  }

  private void dropVersionsFrom(String table, int version) throws IOException {
    try (Stream<Path> log = Files.list(output.resolve(table).resolve("_delta_log"))) {
      for (Path file : log.toList()) {
        String digits = file.getFileName().toString().replaceFirst("^\\.?(\\d{20}).*", "$1");
        if (digits.matches("\\d{20}") && Long.parseLong(digits) >= version) {
          Files.delete(file);
        }
      }
    }
    DeltaLog.clearCache();
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> files = Files.walk(tree)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    DeltaLog.clearCache();
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }
}

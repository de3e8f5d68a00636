package io.bingoguard.label;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.source.Corpus;
import io.bingoguard.source.CorpusRequest;
import io.bingoguard.testing.FakeLabeller;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.Encoders;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What happened to files and tables after they were labelled. */
class ChangedInputTest extends LabelRuns {
  @Test
  void whatIsAppendedToAFileIsLabelled() throws IOException {
    pairs("a.jsonl", 0, 6);
    pairs("b.jsonl", 6, 8);
    run("run-1");
    append("a.jsonl", 8, 11);

    FakeLabeller labeller = labeller("run-2");
    LabelSummary second = job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(3);
    assertThat(second.files().changed()).containsExactly("file:" + input.resolve("a.jsonl"));
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 11));
    assertThat(run("run-3").files().changed()).isEmpty();
  }

  @Test
  void changedFilesArePassedOverOrRefusedOnRequest() throws IOException {
    pairs("a.jsonl", 0, 6);
    run("run-1");
    append("a.jsonl", 6, 8);

    LabelSummary ignored = with(OnChange.IGNORE, OnChange.LABEL, "run-2").execute();
    assertThat(ignored.statistics().exchanges()).isZero();
    assertThat(ignored.files().changed()).hasSize(1);
    assertThatThrownBy(() -> with(OnChange.FAIL, OnChange.LABEL, "run-3").execute())
        .hasMessageContaining("a.jsonl")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_CHANGED);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
  }

  @Test
  void filesThatAreGoneAreTold() throws IOException {
    pairs("a.jsonl", 0, 6);
    pairs("b.jsonl", 6, 8);
    run("run-1");
    Files.delete(input.resolve("b.jsonl"));

    assertThat(run("run-2").files().gone()).containsExactly("file:" + input.resolve("b.jsonl"));
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 8));
  }

  @ParameterizedTest
  @ValueSource(strings = {"jsonl", "parquet"})
  void aFileThatIsDeletedDuringARunIsTold(String format) throws IOException {
    Path deleted = input.resolve("b." + format);
    for (String name : List.of("a", "b")) {
      String records = "[{'prompt':'prompt %s','response':'a reply'}]".formatted(name);
      spark
          .read()
          .json(spark.createDataset(List.of(records.replace('\'', '"')), Encoders.STRING()))
          .coalesce(1)
          .write()
          .format(format.equals("jsonl") ? "json" : format)
          .save(folder.resolve(name).toString());
      try (DirectoryStream<Path> written =
          Files.newDirectoryStream(folder.resolve(name), "part-*")) {
        Files.move(written.iterator().next(), input.resolve(name + "." + format));
      }
    }
    Files.setLastModifiedTime(input.resolve("a." + format), FileTime.from(Instant.EPOCH));

    LabelSummary summary =
        builder("run-1", 1)
            .stopped(
                () -> {
                  var unused = deleted.toFile().delete();
                  return Optional.empty();
                })
            .prepare()
            .execute();

    assertThat(summary.files().gone()).containsExactly("file:" + deleted);
    assertThat(summary.quarantined()).isEmpty();
    assertThat(prompts()).containsExactly("prompt a");
  }

  @Test
  void aFileOfAnInputIsKnownWhenItsFolderIsLabelled() throws IOException {
    pairs("a.jsonl", 0, 6);
    pairs("b.jsonl", 6, 8);
    var whole = input;
    input = input.resolve("a.jsonl");
    run("run-1");
    input = whole;

    assertThat(run("run-2").statistics().exchanges()).isEqualTo(2);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 8));
  }

  @Test
  void aFileThatBreaksOffIsPutAsideUntilItIsWhole() throws IOException {
    pairs("a.jsonl", 0, 3);
    LabelJob job = job("run-1", labeller("run-1"), 32);
    Files.write(input.resolve("b.jsonl.gz"), new byte[] {1, 2, 3});

    LabelSummary first = job.execute();

    String broken = "file:" + input.resolve("b.jsonl.gz");
    assertThat(first.files().quarantined()).containsExactly(broken);
    assertThat(first.quarantined()).map(GuardException::code).contains(ErrorCode.FILES_QUARANTINED);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 3));
    assertThat(files().where("status = 'quarantined'").select("file", "error_message").first())
        .satisfies(row -> assertThat(row.getString(0)).isEqualTo(broken))
        .satisfies(row -> assertThat(row.getString(1)).contains("cannot be read"));
    Files.delete(input.resolve("b.jsonl.gz"));
    pairs("b.jsonl", 3, 5);
    assertThat(run("run-2").statistics().exchanges()).isEqualTo(2);
  }

  @Test
  void aCompressedCsvFileThatBreaksOffIsNamedAndPutAsideOnRequest() throws IOException {
    Files.writeString(input.resolve("a.csv"), "prompt,response\nprompt 1,a reply\n");
    ByteArrayOutputStream whole = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(whole)) {
      gzip.write("prompt,response\nprompt 2,a reply\n".repeat(99).getBytes(StandardCharsets.UTF_8));
    }
    Files.write(input.resolve("b.csv.gz"), Arrays.copyOf(whole.toByteArray(), whole.size() / 2));

    assertThatThrownBy(() -> run("run-1")).hasMessageContaining("b.csv.gz");
    Corpus corpus = Corpus.open(spark, CorpusRequest.of(input.toString()).tolerant().build());
    LabelSummary summary = builder("run-2", labeller("run-2"), 32, corpus).prepare().execute();

    assertThat(summary.files().quarantined()).containsExactly("file:" + input.resolve("b.csv.gz"));
    assertThat(prompts()).containsExactly("prompt 1");
  }

  @Test
  void newAndChangedRowsOfADeltaTableAreLabelled() {
    deltaTable(0, 6);
    run("run-1");
    sql("UPDATE delta.`%s` SET prompt = 'prompt 6 harm' WHERE prompt = 'prompt 5'");
    sql("DELETE FROM delta.`%s` WHERE prompt = 'prompt 1'");
    deltaTable(7, 9);

    FakeLabeller labeller = labeller("run-2");
    LabelSummary second = job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(3);
    assertThat(second.files().rewrites()).containsExactly("1 UPDATE", "2 DELETE");
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 9));
  }

  @Test
  void commitsThatOnlyTakeRowsAwayAreToldOnce() {
    deltaTable(0, 3);
    deltaTable(3, 6);
    run("run-1");
    sql("DELETE FROM delta.`%s` WHERE prompt IN ('prompt 3', 'prompt 4 harm', 'prompt 5')");

    assertThat(run("run-2").files().rewrites()).containsExactly("2 DELETE");
    assertThat(run("run-3").files().rewrites()).isEmpty();
    deltaTable(6, 8);
    assertThat(run("run-4").statistics().exchanges()).isEqualTo(2);
  }

  @Test
  void compactionOfADeltaTableBringsNothingNew() {
    deltaTable(0, 3);
    deltaTable(3, 6);
    run("run-1");
    sql("OPTIMIZE delta.`%s`");
    FakeLabeller labeller = labeller("run-2");

    LabelSummary second = job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isZero();
    assertThat(second.files().rewrites()).isEmpty();
    deltaTable(6, 8);
    assertThat(run("run-3").statistics().exchanges()).isEqualTo(2);
  }

  @Tag("histories")
  @Test
  void rowsThatWereReorganizedBeforeTheyWereReadAreLabelled() {
    deltaTable(0, 3);
    run("run-1");
    deltaTable(3, 6);
    sql("OPTIMIZE delta.`%s`");
    FakeLabeller labeller = labeller("run-2");

    job("run-2", labeller, 32).execute();

    assertThat(labeller.labelled()).isEqualTo(3);
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
    deltaTable(6, 8);
    sql("DELETE FROM delta.`%s` WHERE prompt = 'prompt 1'");
    sql("OPTIMIZE delta.`%s` ZORDER BY (prompt)");
    run("run-3");
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 8));
  }

  @Test
  void rewritingCommitsArePassedOverOrRefusedOnRequest() {
    deltaTable(0, 4);
    run("run-1");
    sql("UPDATE delta.`%s` SET prompt = 'another' WHERE prompt = 'prompt 1'");

    assertThatThrownBy(() -> with(OnChange.LABEL, OnChange.FAIL, "run-2").execute())
        .hasMessageContaining("1 UPDATE")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_CHANGED);
    LabelSummary passed = with(OnChange.LABEL, OnChange.IGNORE, "run-3").execute();

    assertThat(passed.statistics().exchanges()).isZero();
    assertThat(passed.files().rewrites()).containsExactly("1 UPDATE");
    assertThat(run("run-4").statistics().exchanges()).isZero();
    assertThat(prompts()).containsExactlyElementsOf(expected(0, 4));
  }

  @Test
  void aRunOverADeltaTableThatWasEndedIsTakenUp() {
    Stream.of(0, 2, 4).forEach(from -> deltaTable(from, from + 2));
    FakeLabeller failing = labeller("run-1").failOnceAt("prompt 3");

    assertThatThrownBy(() -> job("run-1", failing, 1).execute()).isInstanceOf(GuardException.class);
    run("run-2");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
  }

  @Tag("histories")
  @Test
  void rowsThatAreAlikeInFilesThatAnEndedRunHasLeftAreAllLabelled() {
    Stream.of(0, 0, 2, 0).forEach(from -> deltaTable(from, from + 2));
    FakeLabeller first = labeller("run-1").failOnceAt("prompt 3");
    assertThatThrownBy(() -> job("run-1", first, 1).execute()).isInstanceOf(GuardException.class);
    run("run-2");
    assertThat(prompts()).hasSize(8);
    Stream.of(0, 4, 0).forEach(from -> deltaTable(from, from + 2));
    FakeLabeller second = labeller("run-3").failOnceAt("prompt 5");
    assertThatThrownBy(() -> job("run-3", second, 1).execute()).isInstanceOf(GuardException.class);
    deltaTable(0, 2);

    run("run-4");

    assertThat(prompts()).hasSize(16);
    assertThat(labels().where("prompt_text = 'prompt 1'").count()).isEqualTo(6);
    run("run-5");
    assertThat(prompts()).hasSize(16);
  }

  @Tag("histories")
  @Test
  void rowsThatAreRestoredToHowTheyLayBeforeTheyWereReadAreNotLabelledAgain() {
    deltaTable(0, 3);
    deltaTable(3, 6);
    sql("OPTIMIZE delta.`%s`");
    run("run-1");
    sql("DELETE FROM delta.`%s`");
    run("run-2");
    sql("RESTORE delta.`%s` TO VERSION AS OF 1");

    run("run-3");

    assertThat(prompts()).containsExactlyElementsOf(expected(0, 6));
  }

  @Test
  void aFileThatIsBrokenAtTheStartIsPutAsideOnRequest() throws IOException {
    parquet("[{'prompt':'prompt 1','response':'a reply'}]");
    Files.write(input.resolve("broken.parquet"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> run("run-1"))
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_UNREADABLE);

    Corpus corpus = Corpus.open(spark, CorpusRequest.of(input.toString()).tolerant().build());
    LabelSummary summary = builder("run-2", labeller("run-2"), 32, corpus).prepare().execute();

    assertThat(summary.files().quarantined())
        .containsExactly("file:" + input.resolve("broken.parquet"));
    assertThat(prompts()).containsExactly("prompt 1");
  }

  private LabelJob with(OnChange files, OnChange tables, String run) {
    return builder(run, 32).policy(InputPolicy.USUAL.withChanges(files, tables)).prepare();
  }

  private void append(String file, int from, int to) throws IOException {
    Files.writeString(input.resolve(file), lines(from, to), StandardOpenOption.APPEND);
  }
}

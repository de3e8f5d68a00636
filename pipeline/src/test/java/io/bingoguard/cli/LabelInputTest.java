package io.bingoguard.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code label} on inputs that are not, or no longer, what they seem. */
class LabelInputTest {
  private final SparkSession spark = SharedSpark.session();

  @TempDir private Path folder;
  private Path input;
  private Path output;

  @BeforeEach
  void createInput() throws IOException {
    input = Files.createDirectory(folder.resolve("input"));
    output = folder.resolve("output");
  }

  @Test
  void aReplyColumnThatWasRenamedIsNotLeftOutWithoutAWord() {
    table("1");
    sql("ALTER TABLE delta.`%s` SET TBLPROPERTIES ('delta.columnMapping.mode' = 'name')");
    assertThat(label().exit()).isZero();
    sql("ALTER TABLE delta.`%s` RENAME COLUMN response TO other");
    sql("INSERT INTO delta.`%s` (prompt, other) VALUES ('prompt 2', 'reply 2')");

    CommandRun refused = label();

    assertThat(refused.err()).contains("error [INPUT_READ_OTHERWISE]", "columns: response;");
    assertThat(refused.exit()).isEqualTo(2);
    assertThat(labels().count()).isEqualTo(1);
    CommandRun named = label("--column", "prompt=prompt", "--column", "response=other");
    assertThat(named.exit()).as(named.err()).isZero();
    assertThat(labels().count()).isEqualTo(2);
    assertThat(labels().where("response_text IS NULL").count()).isZero();
    assertThat(label().exit()).isEqualTo(2);
  }

  @Test
  void aRecordThatIsStillBeingWrittenIsLabelledOnceItIsWhole() throws IOException {
    String second = line("2");
    write("a.jsonl", line("1") + second.substring(0, 20));

    CommandRun first = label();

    assertThat(first.exit()).as(first.err()).isZero();
    assertThat(first.out()).contains("not read yet", "input/a.jsonl");
    assertThat(prompts()).containsExactly("prompt 1");
    write("a.jsonl", line("1") + second + line("3"));
    CommandRun next = label();
    assertThat(next.exit()).as(next.err()).isZero();
    assertThat(next.out()).doesNotContain("not read yet");
    assertThat(prompts()).containsExactly("prompt 1", "prompt 2", "prompt 3");
    assertThat(labels().where("label_status = 'error'").count()).isZero();
  }

  @Test
  void aFileInAnotherEncodingIsPutAsideOnRequest() throws IOException {
    write("a.jsonl", line("1"));
    Files.write(input.resolve("b.jsonl"), line("2").getBytes(StandardCharsets.UTF_16LE));
    write("c.jsonl", "[" + line("3").strip() + "]\n");
    CommandRun refused = label();
    assertThat(refused.err()).contains("error [SOURCE_DISGUISED]", "b.jsonl");
    assertThat(refused.exit()).isEqualTo(2);

    CommandRun tolerant = label("--bad-files", "quarantine");

    assertThat(tolerant.exit()).as(tolerant.err()).isEqualTo(3);
    assertThat(tolerant.err())
        .contains("error [FILES_QUARANTINED]", "input/b.jsonl", "input/c.jsonl");
    assertThat(prompts()).containsExactly("prompt 1");
    write("b.jsonl", line("2"));
    write("c.jsonl", line("3"));
    assertThat(label().exit()).isZero();
    assertThat(prompts()).containsExactly("prompt 1", "prompt 2", "prompt 3");
  }

  @Test
  void aLinkToAFileOfTheInputIsReadOnce() throws IOException {
    write("b.jsonl", line("1"));
    Files.createSymbolicLink(input.resolve("a.jsonl"), Path.of("b.jsonl"));

    CommandRun run = label();

    assertThat(run.exit()).as(run.err()).isZero();
    assertThat(run.out()).contains("read once", "input/a.jsonl");
    assertThat(prompts()).containsExactly("prompt 1");
  }

  @Test
  void aLinkThatLeadsNowhereIsAFileThatCannotBeRead() throws IOException {
    write("a.jsonl", line("1"));
    Files.createSymbolicLink(input.resolve("b.jsonl"), folder.resolve("gone.jsonl"));
    CommandRun refused = label();
    assertThat(refused.err()).contains("error [SOURCE_UNREADABLE]", "input/b.jsonl");
    assertThat(refused.exit()).isEqualTo(2);

    CommandRun tolerant = label("--bad-files", "quarantine");

    assertThat(tolerant.exit()).as(tolerant.err()).isEqualTo(3);
    assertThat(tolerant.err()).contains("error [FILES_QUARANTINED]", "input/b.jsonl");
    assertThat(prompts()).containsExactly("prompt 1");
    Files.writeString(folder.resolve("gone.jsonl"), line("2"));
    assertThat(label().exit()).isZero();
    assertThat(prompts()).containsExactly("prompt 1", "prompt 2");
  }

  private CommandRun label(Object... more) {
    return CommandRun.of(
        Stream.concat(
                Stream.of("label", "--input", input, "--output", output, "--include-text"),
                Stream.of(more))
            .toArray());
  }

  private static String line(String number) {
    return "{\"prompt\":\"prompt %1$s\",\"response\":\"reply %1$s\"}%n".formatted(number);
  }

  private void write(String file, String text) throws IOException {
    Files.writeString(input.resolve(file), text);
  }

  private void table(String number) {
    spark
        .read()
        .json(spark.createDataset(List.of(line(number)), Encoders.STRING()))
        .write()
        .format("delta")
        .save(input.toString());
  }

  private void sql(String statement) {
    spark.sql(statement.formatted(input));
  }

  private Dataset<Row> labels() {
    return spark.read().format("delta").load(output.resolve("labels").toString());
  }

  private List<String> prompts() {
    return labels().orderBy("prompt_text").select("prompt_text").collectAsList().stream()
        .map(row -> row.getString(0))
        .toList();
  }
}

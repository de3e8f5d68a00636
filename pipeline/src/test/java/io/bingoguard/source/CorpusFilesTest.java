package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.write;
import static io.bingoguard.source.CorpusFixture.writeBytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.GuardException;
import io.bingoguard.testing.SharedSpark;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CorpusFilesTest {
  @TempDir private Path temp;

  /** A folder whose listing does not hold what other tests of this class wrote. */
  private Path folder;

  @BeforeEach
  void useAnEmptyFolder() {
    folder = temp.resolve("corpus");
  }

  @ParameterizedTest
  @CsvSource({
    "a.jsonl, JSON_LINES",
    "a.json, JSON_LINES",
    "a.ndjson.gz, JSON_LINES",
    "A.JSONL.GZ, JSON_LINES",
    "a.csv, CSV",
    "a.csv.gz, CSV",
    "part-0.snappy.parquet, PARQUET",
  })
  void tellsTheFormatByTheName(String name, CorpusFormat format) {
    Path file = write(folder.resolve(name), "{}");
    assertThat(formatOf(file)).isEqualTo(format);
    assertThat(formatOf(folder)).isEqualTo(format);
  }

  @Test
  void refusesWhatCannotBeACorpus() {
    refuses(folder.resolve("none.jsonl").toString(), "SOURCE_NOT_FOUND");
    refuses("nosuchscheme://host/x", "SOURCE_UNREADABLE");
    refuses(write(folder.resolve("_hidden.jsonl"), "{}").toString(), "SOURCE_HIDDEN");
    refuses(folder.toString(), "SOURCE_FORMAT_UNKNOWN");
    refuses(write(folder.resolve("notes.txt"), "x").toString(), "SOURCE_FORMAT_UNKNOWN");
    write(folder.resolve("a.jsonl"), "{\"prompt\":\"q\"}");
    write(folder.resolve("sub/b.csv"), "prompt\nq\n");
    refuses(folder.toString(), "SOURCE_FORMAT_MIXED");
    assertThat(
            CorpusFixture.open(CorpusRequest.of(folder.toString()).format(CorpusFormat.JSON_LINES))
                .batch()
                .count())
        .isEqualTo(1);
  }

  @Test
  void refusesJsonThatIsNotOneObjectALine() {
    refuses(
        write(folder.resolve("a.json"), "\uFEFF \n[{\"prompt\":\"q\"}]").toString(),
        "SOURCE_JSON_ARRAY");
    refuses(write(folder.resolve("b.json.gz"), "[]").toString(), "SOURCE_JSON_ARRAY");
    refuses(
        write(folder.resolve("c.json"), "{\n \"prompt\": \"q\"\n}\n").toString(),
        "SOURCE_NOT_JSON_LINES");
    refuses(write(folder.resolve("d.json"), "\n \n").toString(), "SOURCE_EMPTY");
    refuses(write(folder.resolve("e.csv"), "").toString(), "SOURCE_EMPTY");
  }

  @Test
  void refusesFilesThatAreNotWhatTheirNamesSay() throws Exception {
    byte[] noise = "this is no archive".getBytes(StandardCharsets.UTF_8);
    Path plain = writeBytes(folder.resolve("a.parquet"), noise);
    refuses(plain.toString(), "SOURCE_UNREADABLE");
    Path gzip = folder.resolve("b.jsonl.gz");
    Files.write(gzip, noise);
    refuses(gzip.toString(), "SOURCE_UNREADABLE");
  }

  @Test
  void refusesTheFilesOfADeltaTable() {
    write(folder.resolve("table/_delta_log/0.json"), "{}");
    write(folder.resolve("table/a.parquet"), "x");
    refuses(folder.toString(), "SOURCE_HOLDS_DELTA");
    assertThatThrownBy(
            () ->
                CorpusFixture.open(
                    CorpusRequest.of(folder.resolve("table").toString())
                        .format(CorpusFormat.PARQUET)))
        .hasMessageContaining("Delta table");
    assertThatThrownBy(
            () ->
                CorpusFixture.open(CorpusRequest.of(folder.toString()).format(CorpusFormat.DELTA)))
        .hasMessageContaining("no _delta_log");
    assertThat(formatOf(folder.resolve("table"))).isEqualTo(CorpusFormat.DELTA);
  }

  private static void refuses(String input, String code) {
    assertThatThrownBy(() -> CorpusFixture.open(CorpusRequest.of(input)))
        .isInstanceOfSatisfying(
            GuardException.class, error -> assertThat(error.code()).hasToString(code));
  }

  private static CorpusFormat formatOf(Path path) {
    return CorpusFiles.find(
            SharedSpark.session(), path.toString(), Optional.empty(), PassedOver.none())
        .format();
  }
}

package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.assertReads;
import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.ParquetFixture.writeParquet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What the names of files and folders must not do, and what they tell. */
class CorpusPathsTest {
  private static final String TIME = "export-2024-01-01T12:30:05Z";

  @TempDir private Path temp;

  @ParameterizedTest
  @EnumSource(value = CorpusFormat.class, mode = Mode.EXCLUDE, names = "DELTA")
  void readsFilesWithColonsInTheirNames(CorpusFormat format) {
    Path file = record(format, temp.resolve("in").resolve(TIME), "1", "q1");
    record(format, file.resolveSibling("b"), "2", "q2");
    assertReads(open(file), cell("1", 0, "q1", null, null));
    assertReads(
        open(temp.resolve("in")), cell("1", 0, "q1", null, null), cell("2", 0, "q2", null, null));
  }

  @Test
  void readsFoldersWithColonsInTheirNames() {
    Path file = record(CorpusFormat.CSV, temp.resolve(TIME).resolve("a"), "1", "q");
    assertReads(open(file.getParent()), cell("1", 0, "q", null, null));
    assertReads(open(file), cell("1", 0, "q", null, null));
    Path pattern = record(CorpusFormat.PARQUET, temp.resolve("12:30 [UTC]").resolve("a"), "1", "q");
    assertReads(open(pattern.getParent()), cell("1", 0, "q", null, null));
  }

  @Test
  void refusesLinksThatLeadBack() throws IOException {
    record(CorpusFormat.JSON_LINES, temp.resolve("in/a/x"), "1", "q");

    Path loop = Files.createSymbolicLink(temp.resolve("in/a/loop"), temp.resolve("in"));

    assertThatThrownBy(() -> open(temp.resolve("in")))
        .hasMessageContaining(loop.getFileName().toString())
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_UNREADABLE);
  }

  @Test
  void readsAFileOnceHoweverManyNamesLeadToIt() throws IOException {
    Path own = record(CorpusFormat.JSON_LINES, temp.resolve("in/b/own"), "1", "q1");
    Path outside = record(CorpusFormat.JSON_LINES, temp.resolve("outside"), "2", "q2");
    Path hidden = record(CorpusFormat.JSON_LINES, temp.resolve("in/_data/file"), "3", "q3");
    Path other = record(CorpusFormat.JSON_LINES, temp.resolve("in/text"), "4", "q4");
    Files.move(other, temp.resolve("in/text.txt"));
    Files.createSymbolicLink(temp.resolve("in/a.jsonl"), own);
    Files.createSymbolicLink(temp.resolve("in/folder"), own.getParent());
    Files.createSymbolicLink(temp.resolve("in/c.jsonl"), outside);
    Files.createSymbolicLink(temp.resolve("in/d.jsonl"), outside);
    Files.createSymbolicLink(temp.resolve("in/e.jsonl"), hidden);
    Files.createSymbolicLink(temp.resolve("in/f.jsonl"), temp.resolve("in/text.txt"));
    Path input = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("in"));

    Corpus corpus = open(input);

    assertReads(
        corpus,
        cell("1", 0, "q1", null, null),
        cell("2", 0, "q2", null, null),
        cell("3", 0, "q3", null, null),
        cell("4", 0, "q4", null, null));
    assertThat(corpus.files())
        .extracting(file -> Path.of(file.path()).getFileName().toString())
        .containsExactly("own.jsonl", "c.jsonl", "e.jsonl", "f.jsonl");
    assertThat(corpus.describe())
        .contains("by the 3 links to them", "link/a.jsonl", "link/folder/own.jsonl", "link/d.jsonl")
        .contains("left out 1 files");
  }

  @Test
  void refusesLinksThatLeadNowhere() throws IOException {
    record(CorpusFormat.JSON_LINES, temp.resolve("in/x"), "1", "q");
    Files.createSymbolicLink(temp.resolve("in/notes.txt"), temp.resolve("gone"));
    Files.createSymbolicLink(temp.resolve("in/sheet.csv.lnk"), temp.resolve("gone"));
    Files.createSymbolicLink(temp.resolve("in/_hidden"), temp.resolve("gone"));

    assertThatThrownBy(() -> open(temp.resolve("in")))
        .hasMessageContaining("leads nowhere")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_UNREADABLE);
    Corpus tolerant = open(CorpusRequest.of(temp.resolve("in").toString()).tolerant());
    assertThat(cells(tolerant.batch().collectAsList())).hasSize(1);
    assertThat(tolerant.files()).hasSize(3);
  }

  /** Java cannot even make such a file. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void refusesNamesThatCannotBeSpelt() throws IOException, InterruptedException {
    Path file = record(CorpusFormat.JSON_LINES, temp.resolve("in/x"), "1", "q");
    String copy = "cp x.jsonl \"$(printf 'x\\377.jsonl')\"";
    int made =
        new ProcessBuilder("bash", "-c", copy)
            .directory(file.getParent().toFile())
            .start()
            .waitFor();
    assertThat(made).isZero();

    assertThatThrownBy(() -> open(temp.resolve("in")))
        .hasMessageContaining("LC_ALL")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_UNREADABLE);
  }

  @Test
  void takesAColonInARelativeNameForAPartOfIt() throws IOException {
    Path folder = Files.createTempDirectory(Path.of("target"), "names");
    Path file = record(CorpusFormat.JSON_LINES, folder.resolve("x"), "1", "q");
    Path odd = Path.of(TIME + ".jsonl");
    Files.move(file, odd);
    try {
      assertReads(open(odd), cell("1", 0, "q", null, null));
    } finally {
      Files.delete(odd);
    }
  }

  @Test
  void readsASingleFileAloneWhateverLiesBesideIt() {
    Path file = record(CorpusFormat.JSON_LINES, temp.resolve("in/a[1]"), "1", "q1");
    record(CorpusFormat.JSON_LINES, temp.resolve("in/a1"), "2", "q2");
    CorpusFixture.write(temp.resolve("in/a:1.jsonl"), "no record\n");
    assertReads(open(file), cell("1", 0, "q1", null, null));
  }

  @ParameterizedTest
  @EnumSource(value = CorpusFormat.class, mode = Mode.EXCLUDE, names = "DELTA")
  void takesTheTextOfPartitionFolders(CorpusFormat format) {
    Path root = temp.resolve("t");
    prompt(format, root.resolve("conversation_id=0007/source=a%2Fb c%25/part"), "q1");
    prompt(
        format, root.resolve("conversation_id=1e3/source=__HIVE_DEFAULT_PARTITION__/part"), "q2");
    prompt(format, root.resolve("conversation_id=a:b+c/deep=er/notes/part"), "q3");
    Corpus corpus = open(root);
    assertReads(
        corpus,
        cell("0007", 0, "q1", null, null),
        cell("1e3", 0, "q2", null, null),
        cell("a:b+c", 0, "q3", null, null));
    assertThat(corpus.batch().collectAsList())
        .extracting(row -> row.<String>getAs("source"))
        .containsExactlyInAnyOrder("a/b c%", null, null);
  }

  @ParameterizedTest
  @EnumSource(value = CorpusFormat.class, mode = Mode.EXCLUDE, names = "DELTA")
  void letsAFileKnowBetterThanItsFolder(CorpusFormat format) {
    record(format, temp.resolve("t/id=folder/a"), "file", "q1");
    prompt(format, temp.resolve("t/id=folder/b"), "q2");
    assertReads(
        open(temp.resolve("t")),
        cell("file", 0, "q1", null, null),
        cell("folder", 0, "q2", null, null));
  }

  private static Path record(CorpusFormat format, Path name, String id, String prompt) {
    return write(format, name, Map.of("id", id, "prompt", prompt));
  }

  private static void prompt(CorpusFormat format, Path name, String prompt) {
    write(format, name, Map.of("prompt", prompt));
  }

  private static Path write(CorpusFormat format, Path name, Map<String, String> record) {
    List<String> columns = record.keySet().stream().sorted().toList();
    return switch (format) {
      case JSON_LINES -> writeLines(Path.of(name + ".jsonl"), List.of(record));
      case CSV ->
          writeCsv(
              Path.of(name + ".csv"), columns, List.of(columns.stream().map(record::get).toList()));
      case PARQUET -> parquet(Path.of(name + ".parquet"), columns, record);
      case DELTA -> throw new IllegalArgumentException("a table is no file");
    };
  }

  /** Hadoop cannot write files with colons in their names, so they get them afterwards. */
  private static Path parquet(Path file, List<String> columns, Map<String, String> record) {
    try {
      Path written =
          writeParquet(
              Files.createTempDirectory("parquet").resolve("file.parquet"),
              columns.stream()
                  .map("optional binary %s (STRING);"::formatted)
                  .reduce("", String::concat),
              List.of(row -> columns.forEach(name -> row.append(name, record.get(name)))));
      Files.createDirectories(file.getParent());
      return Files.move(written, file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }
}

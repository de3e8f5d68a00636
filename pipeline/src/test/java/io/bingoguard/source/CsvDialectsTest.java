package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.arrived;
import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.write;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.bingoguard.guard.GuardException;
import io.bingoguard.source.CorpusFixture.Cells;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.apache.spark.sql.DataFrameWriter;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CsvDialectsTest {
  private static final String[] PIECES = {
    "a", "word", "\"", "\"\"", "\\", "\\\"", "\\n", ",", ";", "\t", "|", "\n", " ", "'", "ä", "😀"
  };

  @TempDir private Path folder;

  // ---- what others write ----

  @ParameterizedTest
  @CsvSource({"backslash, false", "backslash, true", "doubled, false", "doubled, true"})
  void readsWhatSparkWrites(String escape, boolean quoteAll) {
    int seed = 1;
    for (String delimiter : List.of(",", "\t", ";", "|")) {
      List<Cells> expected = randomCells(new Random(seed++), "");
      Path out = folder.resolve("out" + seed);
      DataFrameWriter<Row> writer =
          SharedSpark.session()
              .createDataFrame(
                  expected.stream()
                      .map(cell -> RowFactory.create(cell.id(), cell.prompt(), cell.response()))
                      .toList(),
                  CsvDialectsTest.texts("id", "prompt", "response"))
              .coalesce(2)
              .write()
              .option("header", "true")
              .option("sep", delimiter)
              .option("quoteAll", quoteAll)
              // Spark cuts these off otherwise.
              .option("ignoreLeadingWhiteSpace", "false")
              .option("ignoreTrailingWhiteSpace", "false");
      (escape.equals("doubled") ? writer.option("escape", "\"") : writer).csv(out.toString());

      Corpus corpus = open(out);

      assertThat(corpus.describe()).contains(CsvEscape.of(escape).orElseThrow().title());
      assertReads(corpus, expected);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"\n", "\r\n", "\r"})
  void readsWhatSpreadsheetsAndPythonWrite(String lineEnd) {
    int seed = 1;
    for (char delimiter : new char[] {',', '\t', ';', '|'}) {
      List<Cells> expected = randomCells(new Random(seed++), "\r\n");
      StringBuilder text = new StringBuilder(seed % 2 == 0 ? "" : "\uFEFF");
      text.append(line(delimiter, lineEnd, "id", "prompt", "response"));
      expected.forEach(
          cell -> text.append(line(delimiter, lineEnd, cell.id(), cell.prompt(), cell.response())));
      assertReads(open(write(folder.resolve(seed + ".csv"), text.toString())), expected);
    }
  }

  // ---- what cannot be read as it is written is seen ----

  @Test
  void marksRecordsThatAreWrittenOtherwise() {
    Path file =
        write(
            folder.resolve("a.csv"),
            "id,prompt\n"
                + "1,\"doubled \"\"quotes\"\"\"\n".repeat(40)
                + "2,\"stray \"quotes\" here\"\n"
                + "3,plain \"letters\"\n"
                + "4,\"blanks\" \n"
                + "5,\"never closed\n6,q\n");
    List<Cells> rows = cells(open(file).batch().collectAsList());
    assertThat(rows).filteredOn(row -> row.errorCode() == null).hasSize(42);
    assertThat(rows)
        .contains(
            cell("1", 0, "doubled \"quotes\"", null, null),
            cell("3", 0, "plain \"letters\"", null, null),
            cell("4", 0, "blanks", null, null));
    assertThat(rows).filteredOn(row -> "SOURCE_CORRUPT_RECORD".equals(row.errorCode())).hasSize(2);
  }

  @Test
  void marksBackslashesThatOnlyComeAfterTheBeginning() {
    String plain = "1,%s\n".formatted("word ".repeat(2_000)).repeat(150);
    Path file = write(folder.resolve("a.csv"), "id,prompt\n" + plain + "2,\"a \\\"quote\\\" b\"\n");
    assertThat(cells(open(file).batch().collectAsList()))
        .hasSize(151)
        .filteredOn(row -> "SOURCE_CORRUPT_RECORD".equals(row.errorCode()))
        .hasSize(1);
    assertThat(
            cells(
                open(CorpusRequest.of(file.toString()).csv(named("escape", "backslash")))
                    .batch()
                    .collectAsList()))
        .contains(cell("2", 0, "a \"quote\" b", null, null));
  }

  @Test
  void refusesDialectsThatContradictEachOther() {
    write(folder.resolve("t/a.csv"), "id,prompt\n1,\"a \"\"quote\"\" b\"\n");
    write(folder.resolve("t/b.csv"), "id,prompt\n2,\"a \\\"quote\\\" b\"\n");
    write(folder.resolve("u/a.csv"), "id,prompt\n1,\"a \"stray\" b\"\n");
    write(folder.resolve("v/a.csv"), "id,prompt\n1,\"never closed\n");
    for (String name : List.of("t", "u", "v")) {
      assertThatThrownBy(() -> open(folder.resolve(name)))
          .isInstanceOfSatisfying(
              GuardException.class,
              error -> assertThat(error.code()).hasToString("SOURCE_CSV_DIALECT_UNCLEAR"))
          .hasMessageContaining("--csv escape=doubled|backslash")
          .hasMessageContaining("a.csv");
    }
    Corpus named =
        open(CorpusRequest.of(folder.resolve("t").toString()).csv(named("escape", "doubled")));
    assertThat(cells(named.batch().collectAsList()))
        .hasSize(2)
        .contains(cell("1", 0, "a \"quote\" b", null, null))
        .anyMatch(row -> "SOURCE_CORRUPT_RECORD".equals(row.errorCode()));
  }

  @Test
  void saysWhenNothingTellsTheEscape() {
    Path file = write(folder.resolve("a.csv"), "id,prompt\n1,\"C:\\\\dir, or so\"\n");
    Corpus assumed = open(file);
    assertThat(assumed.describe()).contains("comma between fields, quotes doubled (assumed");
    assertReads(assumed, List.of(cell("1", 0, "C:\\\\dir, or so", null, null)));
    Corpus named = open(CorpusRequest.of(file.toString()).csv(named("escape", "\\")));
    assertThat(named.describe()).contains("quotes after a backslash").doesNotContain("assumed");
    assertReads(named, List.of(cell("1", 0, "C:\\dir, or so", null, null)));
  }

  // ---- delimiters, quotes, headers ----

  @Test
  void findsDelimitersByTheHeaderAndTheRecords() {
    assertReads(
        open(write(folder.resolve("one.csv"), "prompt\nwell; no | column\n")),
        "well; no | column",
        null);
    Path two =
        write(folder.resolve("two.csv"), "prompt;response;note, if any\nq, and more;a, b, c;\n");
    assertThat(open(two).describe()).contains("semicolon between fields");
    assertReads(open(two), "q, and more", "a, b, c");
    for (String start : List.of("sep=;\n", "\uFEFFsep=;\r\n")) {
      Path told = write(folder.resolve("told.csv"), start + "prompt;response\nq;a\n");
      assertReads(open(told), "q", "a");
    }
    assertReads(open(write(folder.resolve("sep.csv"), "sep=,prompt\nx,q\n")), "q", null);
    Path odd = write(folder.resolve("odd.csv"), "prompt^response\nq^a\n");
    Corpus named = open(CorpusRequest.of(odd.toString()).csv(named("delimiter", "^")));
    assertReads(named, "q", "a");
  }

  @Test
  void takesQuotesForLettersWhereThereAreNone() {
    Path file = write(folder.resolve("a.tsv"), "id\tprompt\n1\t\"Stop,\" he said\n2\t5\" pipe\n");
    assertThatThrownBy(() -> open(file)).hasMessageContaining("quote=none");
    Corpus named = open(CorpusRequest.of(file.toString()).csv(named("quote", "none")));
    assertReads(
        named,
        List.of(
            cell("1", 0, "\"Stop,\" he said", null, null), cell("2", 0, "5\" pipe", null, null)));
    Path single = write(folder.resolve("b.csv"), "id,prompt\n1,'a, ''b'''\n");
    assertReads(
        open(CorpusRequest.of(single.toString()).csv(named("quote", "'"))),
        List.of(cell("1", 0, "a, 'b'", null, null)));
  }

  @Test
  void readsColumnsByNameWhereverTheyStand() {
    write(folder.resolve("t/a.csv"), "id,prompt,response\n1,q1,a1\n");
    write(folder.resolve("t/b.csv"), "response,Prompt,prompt,,id\na2,no,q2,x,2\n");
    write(folder.resolve("t/c.csv"), "prompt,id\nq3,3\n");
    write(folder.resolve("t/empty.csv"), "");
    Corpus corpus = open(folder.resolve("t"));
    assertReads(
        corpus,
        List.of(
            cell("1", 0, "q1", "a1", null),
            cell("2", 0, "q2", "a2", null),
            cell("3", 0, "q3", null, null)));
    assertThat(corpus.conversations()).hasValue(3);
    write(folder.resolve("t/d.csv"), "frage\nq4\n");
    assertThatThrownBy(() -> open(folder.resolve("t")).batch().collectAsList())
        .hasStackTraceContaining("has none of the columns that are read");
  }

  @ParameterizedTest
  @CsvSource({"escape, caret", "quote, ''", "quote, two", "delimiter, ', '", "header, none"})
  void refusesOptionsThatDoNotExist(String key, String value) {
    assertThatThrownBy(() -> named(key, value))
        .isInstanceOf(GuardException.class)
        .hasMessageContaining("--csv " + key + "=" + value);
    assertThatThrownBy(() -> CsvOptions.of(Map.of("quote", "^", "delimiter", "^")))
        .isInstanceOf(GuardException.class);
  }

  // ---- helpers ----

  private static CsvOptions named(String key, String value) {
    return CsvOptions.of(Map.of(key, value));
  }

  private void assertReads(Corpus corpus, List<Cells> expected) {
    assertThat(cells(corpus.batch().collectAsList())).containsExactlyInAnyOrderElementsOf(expected);
    assertThat(cells(arrived(corpus, new HashSet<>())))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  private static void assertReads(Corpus corpus, String prompt, String response) {
    assertThat(cells(corpus.batch().collectAsList()))
        .extracting(Cells::prompt, Cells::response)
        .containsExactly(tuple(prompt, response));
  }

  private static StructType texts(String... names) {
    StructType type = new StructType();
    for (String name : names) {
      type = type.add(name, DataTypes.StringType);
    }
    return type;
  }

  private static List<Cells> randomCells(Random random, String more) {
    List<Cells> cells = new ArrayList<>();
    for (int id = 0; id < 150; id++) {
      cells.add(cell("c" + id, 0, randomText(random, more), randomText(random, more), null));
    }
    return cells;
  }

  private static String randomText(Random random, String more) {
    return random
        .ints(1 + random.nextInt(12), 0, PIECES.length + (more.isEmpty() ? 0 : 1))
        .mapToObj(piece -> piece < PIECES.length ? PIECES[piece] : more)
        .collect(Collectors.joining());
  }

  /** Quotes what needs it, as RFC 4180 has it. */
  private static String line(char delimiter, String lineEnd, String... fields) {
    List<String> written = new ArrayList<>();
    for (String field : fields) {
      boolean quoted = field.matches("(?s).*[\"\r\n" + delimiter + "].*");
      written.add(quoted ? '"' + field.replace("\"", "\"\"") + '"' : field);
    }
    return String.join(String.valueOf(delimiter), written) + lineEnd;
  }
}

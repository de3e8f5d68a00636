package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.arrived;
import static io.bingoguard.source.CorpusFixture.json;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.write;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static io.bingoguard.source.ParquetFixture.writeParquet;
import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import io.bingoguard.spark.rows.ExchangeRow;
import io.bingoguard.spark.rows.InputPlace;
import io.bingoguard.testing.SharedSpark;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.io.compress.BZip2Codec;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each exchange says in which file and where in it its record stands. */
class InputPlacesTest {
  private static final String SPAN_BYTES = "spark.sql.files.maxPartitionBytes";

  @TempDir private Path temp;

  @AfterEach
  void readFilesInSpansOfTheUsualSize() {
    SharedSpark.session().conf().unset(SPAN_BYTES);
  }

  /** Spans end anywhere in a line, in its line feed, and in characters of several bytes. */
  @ParameterizedTest
  @ValueSource(longs = {7, 33, 64, 1000})
  void knowsTheLinesOfFilesThatSeveralTasksRead(long bytes) throws IOException {
    Random random = new Random(bytes);
    List<String> lines = new ArrayList<>();
    for (int line = 0; line < 30; line++) {
      lines.add(
          switch (random.nextInt(6)) {
            case 0 -> "";
            case 1 -> "{broken " + line;
            default -> pair(line + "é\uD83D\uDE00".repeat(random.nextInt(9)));
          });
    }
    boolean ended = random.nextBoolean();
    Path folder = temp.resolve("in");
    write(folder.resolve("0.jsonl"), "");
    write(folder.resolve("a.jsonl"), String.join("\n", lines) + (ended ? "\n" : ""));
    write(folder.resolve("b.jsonl"), pair("the only one"));
    SharedSpark.session().conf().set(SPAN_BYTES, Long.toString(bytes));

    Corpus corpus = open(folder);

    List<ExchangeRow> rows = exchanges(corpus);
    List<Integer> expected =
        IntStream.range(0, lines.size())
            .filter(line -> !lines.get(line).isEmpty())
            .boxed()
            .toList();
    List<ExchangeRow> inFirst =
        rows.stream().filter(row -> row.place().orElseThrow().file().endsWith("a.jsonl")).toList();
    assertThat(inFirst.stream().map(row -> (int) row.place().orElseThrow().row()))
        .containsExactlyElementsOf(expected);
    for (ExchangeRow row : inFirst) {
      String line = lines.get((int) row.place().orElseThrow().row());
      assertThat(line)
          .isEqualTo(row.exchange().prompt().map(InputPlacesTest::pair).orElse(line))
          .satisfies(
              text -> assertThat(text.startsWith("{broken")).isEqualTo(row.settled().isPresent()));
    }
    assertThat(rows)
        .hasSize(expected.size() + 1)
        .endsWith(onlyOne(folder.resolve("b.jsonl"), rows));
    assertThat(arrived(corpus, new HashSet<>()).stream().map(ExchangeRow::read))
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  private static ExchangeRow onlyOne(Path file, List<ExchangeRow> rows) {
    return rows.stream()
        .filter(row -> row.place().equals(Optional.of(place(file, 0))))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void countsTheLinesOfPackedText() throws IOException {
    Path folder = temp.resolve("in");
    String text = pair("first") + "\n\n" + pair("third") + "\n";
    byte[] plain = text.getBytes(StandardCharsets.UTF_8);
    CorpusFixture.write(folder.resolve("a.jsonl.gz"), text);
    CorpusFixture.writeBytes(folder.resolve("b.jsonl.zst"), Zstd.compress(plain));
    CorpusFixture.writeBytes(folder.resolve("c.jsonl.bz2"), bzip2(plain));
    SharedSpark.session().conf().set(SPAN_BYTES, "10");

    assertThat(exchanges(open(folder)).stream().map(row -> row.place().orElseThrow()))
        .containsExactly(
            place(folder.resolve("a.jsonl.gz"), 0),
            place(folder.resolve("a.jsonl.gz"), 2),
            place(folder.resolve("b.jsonl.zst"), 0),
            place(folder.resolve("b.jsonl.zst"), 2),
            place(folder.resolve("c.jsonl.bz2"), 0),
            place(folder.resolve("c.jsonl.bz2"), 2));
  }

  @Test
  void countsRecordsOfCsvBehindTheHeader() {
    Path file =
        writeCsv(
            temp.resolve("in.csv"),
            List.of("prompt", "response"),
            List.of(List.of("two\nlines", "a"), List.of("q", "b"), List.of("q", "c")));

    assertThat(places(file)).containsExactly("two\nlines a 0", "q b 1", "q c 2");
  }

  /** Files are read in parts, and a part of them by their own columns. */
  @Test
  void knowsTheRowsOfParquetFiles() {
    String columns = "required binary prompt (STRING); required binary response (STRING);";
    Path folder = temp.resolve("day=a b%20c");
    Path file = folder.resolve("a é%25.parquet");
    List<Consumer<Group>> rows = new ArrayList<>();
    for (int row = 0; row < 50; row++) {
      String number = Integer.toString(row);
      rows.add(group -> group.append("prompt", Binary.fromString("q")).append("response", number));
    }
    writeParquet(file, columns, rows);
    writeParquet(
        folder.resolve("b.parquet"),
        columns + " required binary id (STRING);",
        List.of(group -> group.append("prompt", "q").append("response", "0").append("id", "i")));

    List<ExchangeRow> read = exchanges(open(folder));

    assertThat(read).hasSize(51);
    assertThat(read)
        .allSatisfy(
            row ->
                assertThat(row.exchange().response())
                    .hasValue(Long.toString(row.place().orElseThrow().row())));
    assertThat(read.stream().map(row -> row.place().orElseThrow().file()).distinct())
        .containsExactlyInAnyOrder(
            place(file, 0).file(), place(folder.resolve("b.parquet"), 0).file());
  }

  @Test
  void aReplyOfATreeStandsInARowOfItsOwn() {
    Path folder = temp.resolve("in");
    writeLines(
        folder.resolve("a.jsonl"),
        List.of(
            record(
                "message_tree_id",
                "t",
                "message_id",
                "2",
                "parent_id",
                "1",
                "role",
                "assistant",
                "text",
                "a"),
            record(
                "message_tree_id",
                "t",
                "message_id",
                "1",
                "parent_id",
                null,
                "role",
                "prompter",
                "text",
                "q"),
            record(
                "message_tree_id",
                "t",
                "message_id",
                "3",
                "parent_id",
                "1",
                "role",
                "assistant",
                "text",
                "b")));

    assertThat(places(folder)).containsExactlyInAnyOrder("q a 0", "q b 2");
  }

  /** Data files of a table come and go. */
  @Test
  void theRowsOfATableHaveNoLastingPlace() {
    Path table =
        writeTable(temp.resolve("in"), "delta", List.of(record("prompt", "q", "response", "a")));

    assertThat(exchanges(open(table)).get(0).place()).isEmpty();
  }

  private static List<String> places(Path input) {
    return exchanges(open(input)).stream()
        .map(
            row ->
                "%s %s %d"
                    .formatted(
                        row.exchange().prompt().orElseThrow(),
                        row.exchange().response().orElseThrow(),
                        row.place().orElseThrow().row()))
        .toList();
  }

  private static List<ExchangeRow> exchanges(Corpus corpus) {
    Row[] rows = (Row[]) corpus.batch().collect();
    return Arrays.stream(rows).map(ExchangeRow::read).toList();
  }

  private static InputPlace place(Path file, long row) {
    return new InputPlace("file:" + file, row);
  }

  private static String pair(String prompt) {
    return json(record("prompt", prompt, "response", "a"));
  }

  private static byte[] bzip2(byte[] plain) throws IOException {
    BZip2Codec codec = new BZip2Codec();
    codec.setConf(new Configuration());
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (var out = codec.createOutputStream(packed)) {
      out.write(plain);
    }
    return packed.toByteArray();
  }
}

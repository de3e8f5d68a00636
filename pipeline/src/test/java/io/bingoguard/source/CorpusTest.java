package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.arrived;
import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.json;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.write;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bingoguard.guard.Sha256;
import io.bingoguard.source.CorpusFixture.Cells;
import io.bingoguard.testing.SharedSpark;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class CorpusTest {
  @TempDir private Path folder;

  // ---- every schema in every format ----

  @ParameterizedTest
  @EnumSource(CorpusFormat.class)
  void readsMessagesInEveryFormat(CorpusFormat format) {
    List<Map<String, Object>> messages =
        List.of(
            message("role", "system", "content", "rules"),
            message("role", "User", "content", "q1"),
            message("role", "assistant", "content", "a1, with \"quotes\"\nand lines"),
            message("role", "user", "content", "q2"));
    List<Map<String, Object>> records =
        List.of(
            record("conversation_id", "c1", "language", "English", "conversation", messages),
            record(
                "conversation_id",
                "c2",
                "language",
                "German",
                "conversation",
                List.of(message("role", "assistant", "content", "hello"))));
    Corpus corpus = open(written(format, records));
    assertThat(corpus.describe())
        .contains("messages schema: messages=conversation, id=conversation_id, language=language");
    assertThat(corpus.batch().collectAsList()).hasSize(3);
    assertThat(corpus.unread().contextMessages()).isEqualTo(1);
    assertReads(
        corpus,
        cell("c1", 0, "q1", "a1, with \"quotes\"\nand lines", null),
        cell("c1", 1, "q2", null, null),
        cell("c2", 0, null, "hello", null));
    assertThat(corpus.batch().first().<String>getAs("language")).isEqualTo("English");
    assertThat(corpus.conversations()).hasValue(2);
  }

  @ParameterizedTest
  @EnumSource(CorpusFormat.class)
  void readsShareGptInEveryFormat(CorpusFormat format) {
    List<Map<String, Object>> records =
        List.of(
            record(
                "id",
                "s1",
                "conversations",
                List.of(
                    message("from", "human", "value", "q1"),
                    message("from", "gpt", "value", "a1"),
                    message("from", "bot", "value", "a2"))));
    Corpus corpus = open(written(format, records));
    assertThat(corpus.describe()).contains("sharegpt");
    assertReads(corpus, cell("s1", 0, "q1", "a1", null), cell("s1", 1, null, "a2", null));
  }

  @ParameterizedTest
  @EnumSource(CorpusFormat.class)
  void readsPairsInEveryFormat(CorpusFormat format) {
    List<Map<String, Object>> records =
        List.of(
            record("id", "p1", "user_input", "q1", "model_output", "a1"),
            record("id", "p2", "user_input", "q2", "model_output", null),
            record("id", "p3", "user_input", null, "model_output", "a3"),
            record("id", "p4", "user_input", null, "model_output", null));
    assertReads(
        open(written(format, records)),
        cell("p1", 0, "q1", "a1", null),
        cell("p2", 0, "q2", null, null),
        cell("p3", 0, null, "a3", null),
        cell("p4", 0, null, null, "SOURCE_EMPTY_CONVERSATION"));
  }

  @ParameterizedTest
  @EnumSource(CorpusFormat.class)
  void readsTranscriptsInEveryFormat(CorpusFormat format) {
    List<Map<String, Object>> records =
        List.of(
            record(
                "id",
                "t1",
                "dialogue",
                "\n\nHuman: q1\n\nsaid the Human: twice\n\nAssistant: a1\n\nHuman: q2"),
            record("id", "t2", "dialogue", "Assistant: hi"));
    assertReads(
        open(written(format, records)),
        cell("t1", 0, "q1\n\nsaid the Human: twice", "a1", null),
        cell("t1", 1, "q2", null, null),
        cell("t2", 0, null, "hi", null));
  }

  @ParameterizedTest
  @EnumSource(CorpusFormat.class)
  void readsMessageRowsInEveryFormat(CorpusFormat format) {
    List<Map<String, Object>> records =
        List.of(
            node("m3", "m1", "a2", "assistant"),
            node("m1", null, "q1", "prompter"),
            node("m4", "m2", "q2", "prompter"),
            node("m2", "m1", "a1", "assistant"));
    Corpus corpus = open(written(format, records));
    assertThat(corpus.divisible()).isFalse();
    assertThat(corpus.conversations()).hasValue(1);
    assertThat(cells(corpus.batch().collectAsList()))
        .containsExactly(
            cell("tree", 0, "q1", "a1", null),
            cell("tree", 1, "q2", null, null),
            cell("tree", 2, "q1", "a2", null));
  }

  // ---- records that are not as they should be ----

  @Test
  void turnsMalformedMessagesIntoStatusRows() {
    Map<String, Object> nullList = record("id", "r01", "messages", null);
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "r00", "messages", List.of(message("role", "user", "content", "q"))),
                nullList,
                record("id", "r02", "messages", List.of()),
                record("id", "r03", "messages", "plain"),
                record(
                    "id",
                    "r04",
                    "messages",
                    json(List.of(message("role", "user", "content", "q")))),
                record("id", "r05", "messages", 7),
                record(
                    "id",
                    "r06",
                    "messages",
                    Arrays.asList(
                        message("role", "user", "content", "q1"),
                        null,
                        message("role", "assistant", "content", "a1"),
                        message("role", "alien", "content", "x"),
                        message("role", null, "content", "x"),
                        message("role", "user", "content", 5),
                        "text")),
                record("id", "r07", "messages", List.of(message("role", "user", "content", null))),
                record(
                    "id",
                    "r08",
                    "messages",
                    List.of(
                        message(
                            "role",
                            "user",
                            "content",
                            List.of(
                                message("type", "text", "text", "one"),
                                message("type", "image_url", "image_url", "u"),
                                "two")))),
                record("id", "r09", "messages", List.of(message("role", "system", "content", "s"))),
                record("id", "r10", "unrelated", 1)));
    assertReads(
        open(file),
        cell("r00", 0, "q", null, null),
        cell("r01", 0, null, null, "SOURCE_EMPTY_CONVERSATION"),
        cell("r02", 0, null, null, "SOURCE_EMPTY_CONVERSATION"),
        cell("r03", 0, null, null, "SOURCE_MALFORMED_MESSAGE"),
        cell("r04", 0, "q", null, null),
        cell("r05", 0, null, null, "SOURCE_MALFORMED_MESSAGE"),
        cell("r06", 0, "q1", null, null),
        cell("r06", 1, null, null, "SOURCE_MALFORMED_MESSAGE"),
        cell("r06", 2, null, "a1", null),
        cell("r06", 3, null, null, "SOURCE_UNKNOWN_ROLE"),
        cell("r06", 4, null, null, "SOURCE_UNKNOWN_ROLE"),
        cell("r06", 5, null, null, "SOURCE_MALFORMED_CONTENT"),
        cell("r06", 6, null, null, "SOURCE_MALFORMED_MESSAGE"),
        cell("r07", 0, "", null, null),
        cell("r08", 0, "one\ntwo", null, null),
        cell("r09", 0, null, null, "SOURCE_EMPTY_CONVERSATION"),
        cell("r10", 0, null, null, "SOURCE_MALFORMED_CONTENT"));
  }

  @Test
  void keepsTheStatusOfWhatCannotBeJudged() {
    Path file = write(folder.resolve("m.jsonl"), "{\"prompt\":\"q\"}\n{\"prompt\":null}\n{oops\n");
    List<Row> rows = open(file).batch().collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("status"))
        .containsExactly(null, "skipped_empty", "error");
    assertThat(rows.get(2).<String>getAs("conversation_id"))
        .isEqualTo(Sha256.of("{oops"))
        .matches("[0-9a-f]{64}");
    assertThat(rows.get(2).<String>getAs("error_message")).doesNotContain("oops");
  }

  @Test
  @SuppressWarnings("StringConcatToTextBlock")
  void readsEveryLineOfJsonOnce() {
    String text =
        "\uFEFF{\"id\":1,\"prompt\":\"a\\ud800b\",\"score\":NaN}\r\n"
            + "\n   \r\n"
            + "[1]\n"
            + "{\"id\":2,\"prompt\":\"x\"} {\"id\":3}\n"
            + "{\"id\":4,\"prompt\":\"unfinished\n"
            + "{\"id\":5.0,\"prompt\":\"a\u2028b\rc\",\"Prompt\":\"other\"}";
    for (String name : List.of("m.jsonl", "m.json", "m.ndjson.gz", "M.JSONL")) {
      Path file =
          write(folder.resolve(name.replace('.', '-')).resolve(name), text.replace("\rc", "\\rc"));
      assertThat(cells(open(file).batch().collectAsList()))
          .containsExactly(
              cell("1", 0, "a\uFFFDb", null, null),
              cell(Sha256.of("[1]"), 0, null, null, "SOURCE_CORRUPT_RECORD"),
              cell(
                  Sha256.of("{\"id\":2,\"prompt\":\"x\"} {\"id\":3}"),
                  0,
                  null,
                  null,
                  "SOURCE_CORRUPT_RECORD"),
              cell(
                  Sha256.of("{\"id\":4,\"prompt\":\"unfinished"),
                  0,
                  null,
                  null,
                  "SOURCE_CORRUPT_RECORD"),
              cell("5", 0, "a\u2028b\rc", null, null));
      assertThat(open(file).conversations()).hasValue(5);
    }
  }

  @Test
  void marksCorruptCsvRecordsAndReadsTheOthers() {
    Path file =
        write(
            folder.resolve("m.csv.gz"),
            "\uFEFFid,prompt,response\n"
                + "1,\"two\nlines, \"\"quoted\"\"\",a\n"
                + "2,q,a,surplus\n"
                + "\n"
                + "3,back\\slash,\n"
                + "4,short\n");
    Corpus corpus = open(file);
    List<Cells> rows = cells(corpus.batch().collectAsList());
    assertThat(rows)
        .containsAll(
            List.of(
                cell("1", 0, "two\nlines, \"quoted\"", "a", null),
                cell("3", 0, "back\\slash", null, null)));
    assertThat(rows)
        .hasSize(4)
        .filteredOn(row -> "SOURCE_CORRUPT_RECORD".equals(row.errorCode()))
        .hasSize(2);
    assertThat(corpus.conversations()).hasValue(4);
  }

  @Test
  void readsOneMegabyteMessages() {
    String text = "word ".repeat(220_000);
    Path file =
        writeLines(folder.resolve("m.jsonl"), List.of(record("prompt", text, "response", text)));
    Row row = open(file).batch().first();
    assertThat(row.<String>getAs("prompt")).isEqualTo(text);
    assertThat(row.<String>getAs("response")).isEqualTo(text);
  }

  // ---- ids, times and columns ----

  @Test
  void givesEqualConversationsOneIdInEverySchema() {
    Path pairs =
        writeLines(folder.resolve("p.jsonl"), List.of(record("prompt", "q", "response", "a")));
    Path messages =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "messages",
                    List.of(
                        message("role", "human", "content", "q"),
                        message("role", "bot", "content", "a"))),
                record("messages", List.of(message("role", "user", "content", "qa")))));
    String id = open(pairs).batch().first().getAs("conversation_id");
    assertThat(id).isEqualTo(Sha256.of(List.of("USER", "q", "ASSISTANT", "a")));
    assertThat(cells(open(messages).batch().collectAsList()))
        .extracting(Cells::id)
        .startsWith(id)
        .doesNotHaveDuplicates();
  }

  @Test
  void splitsAlternativeResponsesIntoExchanges() {
    Path file =
        writeTable(
            folder.resolve("t"),
            "parquet",
            List.of(record("id", "1", "prompt", "q", "response_0", "a0", "response_1", "a1")));
    assertReads(open(file), cell("1", 0, "q", "a0", null), cell("1", 1, "q", "a1", null));
  }

  @Test
  void readsResponsesAndNamedColumnsThatFirstOccurLate() {
    List<Map<String, Object>> records = new ArrayList<>();
    for (int id = 0; id < 250; id++) {
      records.add(record("id", id, "prompt", "q" + id));
    }
    records.add(record("id", 250, "prompt", "q", "response", "a"));
    records.add(record("id", 251, "prompt", "q", "response_0", "a0", "response_1", "a1"));
    records.add(record("id", 252, "prompt", "q", "reply", "named"));
    Path file = writeLines(folder.resolve("m.jsonl"), records);

    Corpus found = open(file);
    assertThat(found.describe())
        .contains("pairs schema: prompt=prompt, id=id")
        .contains("no response at the start, looked for in response, responses, completion");
    assertThat(cells(found.batch().collectAsList()))
        .hasSize(254)
        .contains(
            cell("250", 0, "q", "a", null),
            cell("251", 0, "q", "a0", null),
            cell("251", 1, "q", "a1", null));

    Corpus named = open(CorpusRequest.of(file.toString()).column(ColumnRole.RESPONSE, "reply"));
    assertThat(cells(named.batch().collectAsList())).contains(cell("252", 0, "q", "named", null));
    assertThat(
            catchThrowable(
                () ->
                    open(CorpusRequest.of(file.toString()).column(ColumnRole.RESPONSE, "replay"))))
        .hasMessageContaining("replay");
  }

  @Test
  void addsTheInputToItsInstruction() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", 1, "instruction", "do", "input", "this", "output", "done"),
                record("id", 2, "instruction", "do", "input", "", "output", "done")));
    assertReads(
        open(file), cell("1", 0, "do\n\nthis", "done", null), cell("2", 0, "do", "done", null));
  }

  @Test
  void readsColumnsWithOddNamesFromTables() {
    Path table =
        writeTable(
            folder.resolve("t"),
            "delta",
            List.of(
                record(
                    "the.prompt/text",
                    "q",
                    "a-b",
                    "a",
                    "hate/threatening",
                    0.5,
                    "created_at",
                    "2024-05-06 07:08:09")));
    Corpus corpus =
        open(
            CorpusRequest.of(table.toString())
                .column(ColumnRole.PROMPT, "the.prompt/text")
                .column(ColumnRole.RESPONSE, "a-b")
                .column(ColumnRole.SOURCE, "hate/threatening"));
    Row row = corpus.batch().first();
    assertThat(row.<String>getAs("prompt")).isEqualTo("q");
    assertThat(row.<String>getAs("response")).isEqualTo("a");
    assertThat(row.<String>getAs("source")).isEqualTo("0.5");
    assertThat(row.<Timestamp>getAs("occurred_at"))
        .isEqualTo(Timestamp.from(Instant.parse("2024-05-06T07:08:09Z")));
  }

  // ---- files ----

  @Test
  void readsFilesWhoseNamesLookLikePatterns() {
    Path file =
        writeLines(
            folder.resolve("a b[1] {x}").resolve("c*d [2]?.jsonl"),
            List.of(record("id", "1", "prompt", "q")));
    assertReads(open(file), cell("1", 0, "q", null, null));
    assertReads(open(file.getParent()), cell("1", 0, "q", null, null));
  }

  @Test
  void streamsEverySingleFileFormat() {
    Path csv =
        writeCsv(folder.resolve("m.csv"), List.of("id", "prompt"), List.of(List.of("1", "q")));
    assertReads(open(csv), cell("1", 0, "q", null, null));
    Path table =
        writeTable(folder.resolve("t"), "parquet", List.of(record("id", "1", "prompt", "q")));
    Path parquet = table.toFile().listFiles((dir, name) -> name.endsWith(".parquet"))[0].toPath();
    assertReads(open(parquet), cell("1", 0, "q", null, null));
  }

  @Test
  void readsOnlyTheFilesOfTheFormatAndSaysSo() {
    writeLines(folder.resolve("data/a.jsonl"), List.of(record("id", "1", "prompt", "q1")));
    writeLines(folder.resolve("data/deep/er/b.JSONL"), List.of(record("id", "2", "prompt", "q2")));
    write(folder.resolve("data/README.md"), "{\"id\":\"3\",\"prompt\":\"no\"}\n");
    write(folder.resolve("data/_SUCCESS"), "");
    Corpus corpus = open(folder.resolve("data"));
    assertThat(corpus.describe()).contains("left out 1 file");
    assertReads(corpus, cell("1", 0, "q1", null, null), cell("2", 0, "q2", null, null));
  }

  @Test
  void takesPartitionFoldersOfParquetAsColumns() {
    writeTable(
        folder.resolve("t/source=web"), "parquet", List.of(record("id", "1", "prompt", "q1")));
    writeTable(
        folder.resolve("t/source=app"), "parquet", List.of(record("id", "2", "prompt", "q2")));
    Corpus corpus = open(folder.resolve("t"));
    assertReads(corpus, cell("1", 0, "q1", null, null), cell("2", 0, "q2", null, null));
    assertThat(arrived(corpus, new HashSet<>()))
        .extracting(row -> row.<String>getAs("source"))
        .containsExactlyInAnyOrder("web", "app");
  }

  @Test
  void tellsHowFilesCameIntoADeltaTable() {
    Path table = folder.resolve("t");
    writeTable(table, "delta", List.of(record("id", "1", "prompt", "q1")));
    Set<String> before = new HashSet<>();
    assertThat(cells(arrived(open(table), before))).containsExactly(cell("1", 0, "q1", null, null));
    writeTable(table, "delta", List.of(record("id", "2", "prompt", "q2")));
    Corpus added = open(table);
    assertThat(cells(arrived(added, before))).containsExactly(cell("2", 0, "q2", null, null));
    assertThat(added.changes(OptionalLong.of(0)).arrivals().values())
        .containsExactly(Arrival.ADDED);
    assertThat(added.changes(OptionalLong.of(0)).rewrites()).isEmpty();

    SharedSpark.session().sql("OPTIMIZE delta.`%s`".formatted(table));
    Corpus optimized = open(table);
    assertThat(optimized.files()).hasSize(1);
    assertThat(optimized.changes(OptionalLong.of(1)).arrivals().values())
        .containsExactly(Arrival.REORGANIZED);
    assertThat(optimized.changes(OptionalLong.of(1)).rewrites()).isEmpty();

    SharedSpark.session()
        .sql("UPDATE delta.`%s` SET prompt = 'other' WHERE id = '1'".formatted(table));
    Corpus rewritten = open(table);
    assertThat(cells(arrived(rewritten, before)))
        .containsExactlyInAnyOrder(
            cell("1", 0, "other", null, null), cell("2", 0, "q2", null, null));
    assertThat(rewritten.changes(OptionalLong.of(2)).arrivals().values())
        .containsOnly(Arrival.REWRITTEN);
    assertThat(rewritten.changes(OptionalLong.of(2)).rewrites()).containsExactly("3 UPDATE");
    assertThat(rewritten.changes(OptionalLong.of(2)).version()).hasValue(3);
  }

  @Test
  void opensAnEmptyTableByItsTypes() {
    Path table = folder.resolve("t");
    writeTable(
        folder.resolve("full"),
        "parquet",
        List.of(record("messages", List.of(message("role", "user", "content", "q")))));
    SharedSpark.session()
        .read()
        .parquet(folder.resolve("full").toString())
        .limit(0)
        .write()
        .parquet(table.toString());
    Corpus corpus = open(table);
    assertThat(corpus.describe()).contains("messages");
    assertThat(corpus.conversations()).hasValue(0);
    assertThat(corpus.batch().count()).isZero();
  }

  // ---- helpers ----

  private void assertReads(Corpus corpus, Cells... expected) {
    assertThat(cells(corpus.batch().collectAsList())).containsExactlyInAnyOrder(expected);
    assertThat(cells(arrived(corpus, new HashSet<>()))).containsExactlyInAnyOrder(expected);
  }

  private Path written(CorpusFormat format, List<Map<String, Object>> records) {
    return switch (format) {
      case PARQUET -> writeTable(folder.resolve("t"), "parquet", records);
      case DELTA -> writeTable(folder.resolve("t"), "delta", records);
      case JSON_LINES -> writeLines(folder.resolve("t/m.jsonl.gz"), records).getParent();
      case CSV -> {
        List<String> header = List.copyOf(records.get(0).keySet());
        yield writeCsv(
            folder.resolve("t.csv"),
            header,
            records.stream()
                .map(record -> header.stream().map(name -> text(record.get(name))).toList())
                .toList());
      }
    };
  }

  private static String text(Object value) {
    return value == null || value instanceof String ? (String) value : json(value);
  }

  private static Map<String, Object> node(String id, String parent, String text, String role) {
    return record(
        "message_tree_id",
        "tree",
        "message_id",
        id,
        "parent_id",
        parent,
        "text",
        text,
        "role",
        role);
  }

  private static Map<String, Object> message(
      String roleName, Object role, String contentName, Object content) {
    return record(roleName, role, contentName, content);
  }
}

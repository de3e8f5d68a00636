package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.arrived;
import static io.bingoguard.source.CorpusFixture.assertReads;
import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.write;
import static io.bingoguard.source.CorpusFixture.writeBytes;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.ParquetFixture.writeParquet;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.testing.SharedSpark;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.io.api.Binary;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Corpora whose files do not all have the same columns, or have some that Spark cannot read. */
class CorpusShardsTest {
  private static final String PROMPT =
      "required binary id (STRING); optional binary prompt (STRING);";
  private static final String PAIR = PROMPT + " optional binary response (STRING);";

  @TempDir private Path temp;
  private Path folder;

  @BeforeEach
  void useAnEmptyFolder() {
    folder = temp.resolve("corpus");
  }

  @Test
  void readsColumnsThatOnlyLaterFilesHave() {
    writeParquet(folder.resolve("a.parquet"), PAIR, List.of());
    writeParquet(folder.resolve("b.parquet"), PROMPT, List.of(texts("id", "1", "prompt", "q1")));
    writeParquet(
        folder.resolve("c.parquet"),
        "optional binary response (STRING); " + PROMPT + " optional binary remark (STRING);",
        List.of(
            texts(
                "id", "2", "prompt", "q2", "response", "a2", "remark", "what the reader thinks")));
    Corpus corpus = open(folder);
    assertReads(corpus, cell("1", 0, "q1", null, null), cell("2", 0, "q2", "a2", null));
    assertThat(corpus.conversations()).hasValue(2);
    assertThat(corpus.describe())
        .contains("prompt=prompt, response=response, id=id")
        .contains("\nnot read: remark")
        .contains("text that is not judged: remark;");
  }

  @Test
  void passesOverTheColumnsOfEmptyFiles() {
    Dataset<Row> replies = SharedSpark.session().sql("SELECT '1' id, 'q' prompt, 'a' response");
    Dataset<Row> other = SharedSpark.session().sql("SELECT 'q' prompt, 'a' completion");
    replies.write().parquet(folder.resolve("in/a").toString());
    other.limit(0).write().parquet(folder.resolve("in/b").toString());

    assertReads(open(folder.resolve("in")), cell("1", 0, "q", "a", null));
  }

  @Test
  void readsFilesThatComeAfterOpeningByTheirOwnColumns() {
    writeParquet(folder.resolve("a.parquet"), PROMPT, List.of(texts("id", "1", "prompt", "q1")));
    Corpus corpus = open(folder);
    writeParquet(
        folder.resolve("b.parquet"),
        "required int32 id; optional binary prompt; optional binary response (STRING);",
        List.of(row -> row.append("id", 2).append("prompt", "q2").append("response", "a2")));
    assertReads(corpus, cell("1", 0, "q1", null, null), cell("2", 0, "q2", "a2", null));
  }

  @Test
  void readsColumnsWhoseTypesDiffer() {
    writeParquet(
        folder.resolve("a.parquet"),
        PAIR + " optional int32 language; optional binary created_at (STRING);",
        List.of(texts("id", "seven", "prompt", "q1", "created_at", "2024-05-06T07:08:09Z")));
    writeParquet(
        folder.resolve("b.parquet"),
        "required int64 id; optional binary prompt (STRING); optional int32 response;"
            + " optional binary language (STRING); optional int64 created_at (TIMESTAMP(MILLIS,true));",
        List.of(
            row ->
                row.append("id", 8L)
                    .append("prompt", "q2")
                    .append("language", "German")
                    .append("created_at", 1_714_979_289_000L)));
    Corpus corpus = open(folder);
    assertReads(corpus, cell("seven", 0, "q1", null, null), cell("8", 0, "q2", null, null));
    assertThat(corpus.batch().collectAsList())
        .allSatisfy(
            row ->
                assertThat(row.<Timestamp>getAs("occurred_at"))
                    .isEqualTo(Timestamp.from(Instant.parse("2024-05-06T07:08:09Z"))))
        .extracting(row -> row.<String>getAs("language"))
        .containsExactlyInAnyOrder(null, "German");
  }

  @Test
  void readsOnlyWhatIsNeeded() {
    writeParquet(
        folder.resolve("a.parquet"),
        PAIR
            + " optional int64 seen (TIMESTAMP(NANOS,true)); optional int64 clock (TIME(MICROS,true));"
            + " optional fixed_len_byte_array(16) session (UUID); optional int32 Prompt;"
            + " optional fixed_len_byte_array(12) span (INTERVAL);",
        List.of(
            row ->
                texts("id", "1", "prompt", "q", "response", "a")
                    .andThen(
                        more -> more.append("seen", 1L).append("clock", 2L).append("Prompt", 3))
                    .accept(row)));
    assertReads(open(folder), cell("1", 0, "q", "a", null));
    PlainRecords all =
        PlainRecords.read(SharedSpark.session(), CorpusRequest.of(folder.toString()).build());
    assertThat(all.records())
        .singleElement()
        .satisfies(
            record ->
                assertThat(record)
                    .containsEntry("prompt", "q")
                    .containsEntry("Prompt", 3)
                    .containsEntry("seen", 1L)
                    .containsEntry("clock", 2L));
  }

  @Test
  void readsKindsThatSparkDoesNotKnowWhereTheyAreNeeded() {
    UUID id = new UUID(0x0123456789abcdefL, 0x8877665544332211L);
    byte[] bytes =
        ByteBuffer.allocate(16)
            .putLong(id.getMostSignificantBits())
            .putLong(id.getLeastSignificantBits())
            .array();
    writeParquet(
        folder.resolve("a.parquet"),
        "required fixed_len_byte_array(16) conversation_id (UUID); optional int64 timestamp (TIMESTAMP(NANOS,true));"
            + " optional group messages (LIST) { repeated group list { optional group element {"
            + " optional binary role (STRING); optional binary content (STRING);"
            + " optional int64 at (TIMESTAMP(NANOS,false)); } } }",
        List.of(
            row -> {
              row.append("conversation_id", Binary.fromConstantByteArray(bytes))
                  .append("timestamp", 1_714_979_289_000_000_000L);
              row.addGroup("messages")
                  .addGroup("list")
                  .addGroup("element")
                  .append("role", "user")
                  .append("content", "q")
                  .append("at", 5L);
            }));
    Corpus corpus = open(folder);
    assertReads(corpus, cell(id.toString(), 0, "q", null, null));
    assertThat(corpus.batch().first().<Timestamp>getAs("occurred_at"))
        .isEqualTo(Timestamp.from(Instant.parse("2024-05-06T07:08:09Z")));
  }

  @Test
  void readsBytesAsUtf8AndNothingElse() {
    writeParquet(
        folder.resolve("a.parquet"),
        "required binary id; required binary prompt; optional binary response;",
        List.of(
            texts("id", "1", "prompt", "häßlich \uD83D\uDE00", "response", "a"),
            row ->
                row.append("id", Binary.fromConstantByteArray(new byte[] {2, (byte) 0xFF}))
                    .append(
                        "prompt", Binary.fromConstantByteArray(new byte[] {'q', (byte) 0xE4}))));
    Corpus corpus = open(folder);
    assertReads(
        corpus,
        cell("1", 0, "häßlich \uD83D\uDE00", "a", null),
        cell("02ff", 0, null, null, "SOURCE_MALFORMED_CONTENT"));
    assertThat(
            corpus.batch().where("conversation_id = '02ff'").first().<String>getAs("error_message"))
        .contains("bytes that are not UTF-8");
  }

  @Test
  void readsMessagesWhoseFieldsDiffer() {
    String end = " } } }";
    String begin =
        "optional group messages (LIST) { repeated group list { optional group element { ";
    writeParquet(
        folder.resolve("a.parquet"),
        "required int32 id; "
            + begin
            + "optional int32 rank; optional binary role (STRING); optional binary content (STRING);"
            + end,
        List.of(row -> message(row.append("id", 1), "role", "user", "content", "q1")));
    writeParquet(
        folder.resolve("b.parquet"),
        begin
            + "optional binary content; optional binary role (ENUM); optional binary Role (STRING);"
            + end
            + " required int64 id;",
        List.of(row -> message(row.append("id", 2L), "role", "assistant", "content", "a2")));
    assertReads(open(folder), cell("1", 0, "q1", null, null), cell("2", 0, null, "a2", null));
  }

  @Test
  void assemblesTreesFromFilesWhoseColumnsDiffer() {
    String rest =
        " optional binary text (STRING); optional binary role (STRING); optional int64 created_date (TIMESTAMP(MICROS,true));";
    writeParquet(
        folder.resolve("a.parquet"),
        "required int32 message_id; optional int32 parent_id; required int32 message_tree_id;"
            + rest,
        List.of(
            row ->
                row.append("message_id", 1)
                    .append("message_tree_id", 9)
                    .append("text", "q")
                    .append("role", "prompter")
                    .append("created_date", 1_714_979_289_000_000L)));
    writeParquet(
        folder.resolve("b.parquet"),
        "required binary message_id (STRING); optional binary parent_id (STRING); required binary message_tree_id (STRING);"
            + rest,
        List.of(
            row ->
                texts("message_id", "2", "parent_id", "1", "message_tree_id", "9", "text", "a")
                    .andThen(
                        more ->
                            more.append("role", "assistant")
                                .append("created_date", 1_714_979_289_000_000L))
                    .accept(row)));
    Corpus corpus = open(folder);
    assertThat(cells(corpus.batch().collectAsList())).containsExactly(cell("9", 0, "q", "a", null));
    assertThat(corpus.batch().first().<Timestamp>getAs("occurred_at"))
        .isEqualTo(Timestamp.from(Instant.parse("2024-05-06T07:08:09Z")));
    assertThat(corpus.conversations()).hasValue(1);
  }

  @Test
  void readsCsvFilesByTheNamesInTheirOwnHeaders() {
    writeCsv(
        folder.resolve("a.csv"),
        List.of("", "id", "prompt", "response"),
        List.of(List.of("0", "1", "q1", "a1")));
    writeCsv(
        folder.resolve("b.csv"),
        List.of("Response", "prompt", "two\nlines", "id"),
        List.of(List.of("a2", "q2", "x", "2")));
    writeCsv(folder.resolve("c.csv"), List.of("prompt", "id"), List.of(List.of("q3", "3")));
    write(folder.resolve("d.csv"), "");
    Corpus corpus = open(folder);
    assertReads(
        corpus,
        cell("1", 0, "q1", "a1", null),
        cell("2", 0, "q2", "a2", null),
        cell("3", 0, "q3", null, null));
    assertThat(corpus.conversations()).hasValue(3);
  }

  @Test
  void namesTheFileThatCannotBeRead() throws IOException {
    writeParquet(folder.resolve("a.parquet"), PROMPT, List.of(texts("id", "1", "prompt", "q")));
    writeBytes(folder.resolve("b c.parquet"), new byte[] {1, 2, 3});
    assertThatThrownBy(() -> open(folder))
        .hasMessageContaining("b c.parquet cannot be read")
        .extracting("code")
        .isEqualTo(ErrorCode.SOURCE_UNREADABLE);

    Path gzip = writeLines(temp.resolve("lines/a b.jsonl.gz"), longRecords());
    Corpus lines = open(gzip);
    byte[] whole = Files.readAllBytes(gzip);
    Files.write(gzip, Arrays.copyOf(whole, whole.length / 2));
    Throwable failure = catchThrowable(() -> arrived(lines, new HashSet<>()));
    assertThat(GuardException.in(failure))
        .hasValueSatisfying(
            error -> assertThat(error).hasMessageContaining("a b.jsonl.gz cannot be read"));
    assertThatThrownBy(lines::conversations).hasStackTraceContaining("a b.jsonl.gz cannot be read");
  }

  private static List<Map<String, Object>> longRecords() {
    return IntStream.range(0, 5000)
        .mapToObj(
            number -> Map.<String, Object>of("id", number, "prompt", UUID.randomUUID().toString()))
        .toList();
  }

  @Test
  void goesOnWithADeltaTableOfWhichOtherColumnsWereRenamedOrDropped() {
    Path table = folder.resolve("t");
    sql(
        "CREATE TABLE delta.`%s` (id STRING, prompt STRING, remark STRING, extra STRING) USING delta TBLPROPERTIES ('delta.columnMapping.mode' = 'name')",
        table);
    sql("INSERT INTO delta.`%s` VALUES ('1', 'q1', 'r', 'e')", table);
    Set<String> before = new HashSet<>();
    assertThat(cells(arrived(open(table), before))).containsExactly(cell("1", 0, "q1", null, null));

    sql("INSERT INTO delta.`%s` VALUES ('2', 'q2', 'r', 'e')", table);
    sql("ALTER TABLE delta.`%s` RENAME COLUMN remark TO comment", table);
    sql("ALTER TABLE delta.`%s` DROP COLUMN extra", table);
    sql("ALTER TABLE delta.`%s` ADD COLUMN later STRING", table);
    sql("INSERT INTO delta.`%s` VALUES ('3', 'q3', 'c', 'l')", table);

    assertThat(cells(arrived(open(table), before)))
        .containsExactlyInAnyOrder(cell("2", 0, "q2", null, null), cell("3", 0, "q3", null, null));
  }

  private static void sql(String statement, Path table) {
    SharedSpark.session().sql(statement.formatted(table));
  }

  private static Consumer<Group> texts(String... namesAndValues) {
    return row -> {
      for (int index = 0; index < namesAndValues.length; index += 2) {
        row.append(namesAndValues[index], namesAndValues[index + 1]);
      }
    };
  }

  private static void message(Group row, String... namesAndValues) {
    texts(namesAndValues).accept(row.addGroup("messages").addGroup("list").addGroup("element"));
  }
}

package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.github.luben.zstd.Zstd;
import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.GuardException;
import io.bingoguard.source.CorpusFixture.Cells;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Records in forms that are read by what their values hold, and those that are refused. */
class RecordFormsTest {
  @TempDir private Path folder;

  @Test
  void ofAnotherSchemaAreNoEmptyConversations() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "1", "messages", List.of(record("role", "user", "content", "q"))),
                record("id", "2", "prompt", "q2", "response", "a2"),
                record("id", "3", "messages", null)));

    Corpus corpus = open(CorpusRequest.of(file.toString()));

    assertThat(cells(corpus.batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", null, null),
            cell("2", 0, null, null, "SOURCE_MALFORMED_CONTENT"),
            cell("3", 0, null, null, "SOURCE_EMPTY_CONVERSATION"));
  }

  @Test
  void passOverWhatAModelSaysToItselfAndToTools() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "id",
                    "1",
                    "messages",
                    List.of(
                        record("role", "user", "content", "q"),
                        record("role", "assistant", "channel", "analysis", "content", "hm"),
                        record("type", "web_search_call", "id", "w", "status", "completed"),
                        record(
                            "role",
                            "assistant",
                            "recipient",
                            "browser",
                            "content",
                            record("content_type", "code", "text", "search()")),
                        record(
                            "role",
                            "assistant",
                            "channel",
                            "final",
                            "recipient",
                            "Alice",
                            "content",
                            "a")))));
    Corpus corpus = open(CorpusRequest.of(file.toString()));

    assertThat(cells(corpus.batch().collectAsList())).containsExactly(cell("1", 0, "q", "a", null));
    assertThat(corpus.unread().contextMessages()).isEqualTo(3);
  }

  @Test
  void takeNoTranscriptWithOtherLineEndsForOneMessage() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "1", "text", "Human: q\n\nAssistant: a\nAssistant: more"),
                record("id", "2", "text", "Human: q\nAssistant: a"),
                record("id", "3", "text", "Human: q\n\nAI: a")));

    assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", "a\nAssistant: more", null),
            cell("2", 0, null, null, "SOURCE_MALFORMED_TRANSCRIPT"),
            cell("3", 0, null, null, "SOURCE_MALFORMED_TRANSCRIPT"));
  }

  @Test
  void ofSpeechAreReadByItsTranscript() {
    Map<String, Object> heard =
        record("type", "input_audio", "input_audio", record("data", "AAAA", "transcript", "q"));
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "id",
                    "1",
                    "messages",
                    List.of(
                        record("role", "user", "content", List.of(heard)),
                        record(
                            "role",
                            "assistant",
                            "content",
                            null,
                            "audio",
                            record("id", "x", "transcript", "a"))))));

    assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
        .containsExactly(cell("1", 0, "q", "a", null));
  }

  @Test
  void withTextInObjectsThatNothingReadsNameThem() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "messages",
                    List.of(record("role", "user", "content", "q")),
                    "message",
                    record("role", "assistant", "content", "Flour and some patience."),
                    "candidates",
                    List.of("Flour and some patience.", "Patience and some flour."),
                    "usage",
                    record("tokens", 7, "model", "small"))));

    assertThat(open(CorpusRequest.of(file.toString())).describe())
        .contains("not read: message, candidates, usage")
        .contains("text that is not judged: message, candidates;");
    Corpus named =
        open(
            CorpusRequest.of(file.toString())
                .column(ColumnRole.PROMPT, "messages")
                .column(ColumnRole.RESPONSE, "message"));
    assertThat(cells(named.batch().collectAsList()))
        .extracting(Cells::prompt, Cells::response)
        .containsExactly(tuple("q", "Flour and some patience."));
  }

  @Test
  void thatAreNotUtf8AreErrorsAndNoOtherText() throws IOException {
    byte[] lines =
        "{\"id\":1,\"prompt\":\"caf\u00e9\"}\n{\"id\":2,\"prompt\":\"tea\"}\n"
            .getBytes(StandardCharsets.ISO_8859_1);
    byte[] csv = "id,prompt\n1,caf\u00e9\n2,tea\n".getBytes(StandardCharsets.ISO_8859_1);
    for (Path file :
        List.of(
            Files.write(folder.resolve("a.jsonl"), lines),
            Files.write(folder.resolve("b.jsonl.zst"), Zstd.compress(lines)),
            Files.write(folder.resolve("c.csv"), csv))) {
      assertThat(cells(open(CorpusRequest.of(file.toString())).batch().collectAsList()))
          .extracting(Cells::prompt, Cells::errorCode)
          .containsExactlyInAnyOrder(tuple(null, "SOURCE_CORRUPT_RECORD"), tuple("tea", null));
    }
    Path sign =
        writeLines(folder.resolve("d.jsonl"), List.of(record("id", "1", "prompt", "\uFFFD")));
    assertThat(cells(open(CorpusRequest.of(sign.toString())).batch().collectAsList()))
        .containsExactly(cell("1", 0, "\uFFFD", null, null));
  }

  @Test
  void readNestedFieldsOfTables() {
    Path table =
        writeTable(
            folder.resolve("t"),
            "parquet",
            List.of(record("trace", record("in", "q", "out", "a", "id", 7))));
    Corpus corpus =
        open(
            CorpusRequest.of(table.toString())
                .column(ColumnRole.PROMPT, "trace.in")
                .column(ColumnRole.RESPONSE, "trace.out")
                .column(ColumnRole.ID, "trace.id"));
    assertThat(cells(corpus.batch().collectAsList())).containsExactly(cell("7", 0, "q", "a", null));
  }

  @Test
  void refuseMessagesOfWhichNoneShowsText() {
    for (Map<String, Object> message :
        List.of(
            record("role", "user", "body", "How are you?"),
            record("role", "user", "content", null, "body", "How are you?"),
            record("role", "user", "content", List.of(record("kind", "t", "string", "How?"))),
            record("role", "stranger", "content", "How are you?"))) {
      Path file =
          writeLines(folder.resolve("m.jsonl"), List.of(record("messages", List.of(message))));
      assertThatThrownBy(() -> open(file))
          .isInstanceOfSatisfying(
              GuardException.class,
              error -> assertThat(error.code()).isEqualTo(ErrorCode.SOURCE_CONTENT_UNREAD))
          .hasMessageContaining("role");
    }
  }

  @Test
  void makeAStatusRowOfWhatIsNotUnderstoodAmongOthers() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "id",
                    "1",
                    "messages",
                    List.of(
                        record("role", "user", "content", "q"),
                        record("role", "assistant"),
                        record("role", "user", "content", List.of(record("blob", 1, "x", 2))),
                        record("role", "user", "content", List.of(record("type", "image")))))));
    assertThat(cells(open(file).batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", null, null),
            cell("1", 1, null, null, "SOURCE_MALFORMED_CONTENT"),
            cell("1", 2, null, null, "SOURCE_MALFORMED_CONTENT"),
            cell("1", 3, "", null, null));
  }

  @Test
  void readIdsAndTimesThatAreObjectsAndCountWhatCannotBeRead() {
    Map<String, Object> date = record("$date", record("$numberLong", "1681000000123"));
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", record("$oid", "65f0"), "created_at", date, "prompt", "q"),
                record(
                    "id",
                    record(
                        "$binary", record("base64", "ASNFZ4mrze8BI0VniavN7w==", "subType", "04")),
                    "created_at",
                    record("$date", "2023-04-09T00:26:40.123Z"),
                    "prompt",
                    "q"),
                record("id", List.of(1), "created_at", "soon", "prompt", "q")));
    Corpus corpus = open(file);
    List<Row> rows = corpus.batch().collectAsList();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("conversation_id"))
        .startsWith("65f0", "01234567-89ab-cdef-0123-456789abcdef");
    assertThat(rows)
        .extracting(row -> row.<Timestamp>getAs("occurred_at"))
        .containsExactly(
            Timestamp.from(Instant.ofEpochMilli(1681000000123L)),
            Timestamp.from(Instant.ofEpochMilli(1681000000123L)),
            null);
    assertThat(corpus.unread().values()).isEqualTo(2);
  }
}

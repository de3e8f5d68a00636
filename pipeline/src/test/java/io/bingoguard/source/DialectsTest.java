package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.json;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.writeCsv;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardException;
import io.bingoguard.source.CorpusFixture.Cells;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Function;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** However a conversation is spelled and stored, it comes to the same exchanges. */
class DialectsTest {
  private static final int CONVERSATIONS = 12;
  private static final List<String> PIECES =
      List.of(
          "one",
          "two words",
          "\"quoted\"",
          "back\\slash",
          "comma, semicolon;",
          "line\nbreak",
          "\ttab",
          "[1]",
          "{\"a\":1}",
          "'",
          "Ωμέγα",
          "\uD83D\uDE00",
          "<|eot_id|>",
          "#",
          "null");

  @TempDir private Path folder;

  /** A way to spell the messages of a conversation. */
  private enum Dialect {
    ROLE_CONTENT(
        talk ->
            record("messages", each(talk, (role, text) -> record("role", role, "content", text)))),
    ROLE_MESSAGE(
        talk ->
            record("messages", each(talk, (role, text) -> record("role", role, "message", text)))),
    FROM_VALUE(
        talk ->
            record(
                "conversations",
                each(
                    talk,
                    (role, text) ->
                        record("from", role.equals("user") ? "human" : "gpt", "value", text)))),
    GOOGLE(
        talk ->
            record(
                "contents",
                each(
                    talk,
                    (role, text) ->
                        record(
                            "role",
                            role.equals("user") ? "user" : "model",
                            "parts",
                            List.of(record("text", text)))))),
    TELEMETRY(
        talk ->
            record(
                "messages",
                each(
                    talk,
                    (role, text) ->
                        record(
                            "role",
                            role,
                            "parts",
                            List.of(record("type", "text", "content", text)))))),
    ASSISTANTS(
        talk ->
            record(
                "messages",
                each(
                    talk,
                    (role, text) ->
                        record(
                            "role",
                            role,
                            "content",
                            List.of(
                                record(
                                    "type",
                                    "text",
                                    "text",
                                    record("value", text, "annotations", List.of()))))))),
    LANGCHAIN(
        talk ->
            record(
                "messages",
                each(
                    talk,
                    (role, text) ->
                        record("type", role.equals("user") ? "human" : "ai", "content", text)))),
    LANGCHAIN_STORED(
        talk ->
            record(
                "messages",
                each(
                    talk,
                    (role, text) ->
                        record(
                            "type",
                            role.equals("user") ? "human" : "ai",
                            "data",
                            record("content", text, "id", "1"))))),
    REFUSALS(
        talk ->
            record(
                "messages",
                each(
                    talk,
                    (role, text) ->
                        role.equals("user")
                            ? record("role", role, "content", text, "refusal", null)
                            : record("role", role, "content", null, "refusal", text)))),
    WITH_IMAGES(
        talk ->
            record(
                "messages",
                each(
                    talk,
                    (role, text) ->
                        record(
                            "role",
                            role,
                            "content",
                            List.of(
                                record("type", "text", "text", text),
                                record("type", "image_url", "image_url", record("url", "u"))))))),
    TOOL_CALLS(
        talk ->
            record(
                "messages",
                between(
                    each(talk, (role, text) -> record("role", role, "content", text)),
                    record(
                        "role",
                        "assistant",
                        "content",
                        null,
                        "tool_calls",
                        List.of(record("id", "k", "type", "function"))),
                    record("role", "tool", "content", "30", "tool_call_id", "k")))),
    TOOL_BLOCKS(
        talk ->
            record(
                "messages",
                between(
                    each(
                        talk,
                        (role, text) ->
                            record(
                                "role",
                                role,
                                "content",
                                List.of(record("type", "text", "text", text)))),
                    record(
                        "role",
                        "assistant",
                        "content",
                        List.of(
                            record("type", "thinking", "thinking", "hm"),
                            record("type", "tool_use", "name", "days"))),
                    record(
                        "role",
                        "user",
                        "content",
                        List.of(record("type", "tool_result", "content", "30")))))),
    ITEMS(
        talk ->
            record(
                "messages",
                between(
                    each(
                        talk,
                        (role, text) ->
                            record(
                                "type",
                                "message",
                                "role",
                                role,
                                "content",
                                List.of(
                                    record(
                                        "type",
                                        role.equals("user") ? "input_text" : "output_text",
                                        "text",
                                        text)))),
                    record("type", "function_call", "name", "days"),
                    record("type", "function_call_output", "output", "30")))),
    PROMPT_AND_COMPLETION(
        talk -> {
          List<Map<String, Object>> messages =
              each(talk, (role, text) -> record("role", role, "content", text));
          int last = messages.size() - 1;
          return record(
              "prompt", messages.subList(0, last), "completion", messages.subList(last, last + 1));
        }),
    TURNS(
        talk ->
            record(
                "prompt",
                talk.stream().map(exchange -> exchange.prompt().orElseThrow()).toList(),
                "response",
                talk.stream().map(exchange -> exchange.response().orElseThrow()).toList()));

    @SuppressWarnings("ImmutableEnumChecker") // Every spelling is a function of its argument alone.
    private final Function<List<Exchange>, Map<String, Object>> spelling;

    Dialect(Function<List<Exchange>, Map<String, Object>> spelling) {
      this.spelling = spelling;
    }
  }

  @ParameterizedTest
  @EnumSource(Dialect.class)
  void agreeInEveryFormat(Dialect dialect) {
    Random random = new Random(dialect.name().hashCode());
    List<Map<String, Object>> records = new ArrayList<>();
    List<Cells> expected = new ArrayList<>();
    for (int number = 0; number < CONVERSATIONS; number++) {
      String id = "c%02d".formatted(number);
      List<Exchange> talk = talk(random);
      Map<String, Object> fields = record("id", id);
      fields.putAll(dialect.spelling.apply(talk));
      records.add(fields);
      for (int turn = 0; turn < talk.size(); turn++) {
        Exchange exchange = talk.get(turn);
        expected.add(
            cell(
                id,
                turn,
                exchange.prompt().orElseThrow(),
                exchange.response().orElseThrow(),
                null));
      }
    }
    for (CorpusFormat format : CorpusFormat.values()) {
      Corpus corpus = open(written(format, records));
      assertThat(cells(corpus.batch().collectAsList()))
          .as("%s, %s", format, corpus.describe())
          .containsExactlyInAnyOrderElementsOf(expected);
    }
  }

  @ParameterizedTest
  @CsvSource({"WITH_IMAGES, 2", "ROLE_CONTENT, 0", "TOOL_BLOCKS, 0"})
  void countWhatIsNoText(Dialect dialect, int unreadParts) {
    List<Map<String, Object>> records =
        List.of(dialect.spelling.apply(List.of(Exchange.of("q", "a"))));
    assertThat(
            open(written(CorpusFormat.JSON_LINES, records))
                .batch()
                .first()
                .<Integer>getAs("unread_parts"))
        .isEqualTo(unreadParts);
  }

  @Test
  void readEveryReplyOfARequest() {
    Map<String, Object> request =
        record("body", record("messages", List.of(record("role", "user", "content", "q"))));
    List<Object> choices =
        List.of(
            record("index", 0, "message", record("role", "assistant", "content", "a0")),
            record("index", 1, "message", record("role", "assistant", "content", "a1")));
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "custom_id",
                    "1",
                    "request",
                    request,
                    "response",
                    record("body", record("choices", choices))),
                record(
                    "custom_id", "2", "request", json(request), "response", record("body", null))));
    Corpus corpus =
        open(
            CorpusRequest.of(file.toString())
                .column(ColumnRole.ID, "custom_id")
                .column(ColumnRole.PROMPT, "request.body.messages")
                .column(ColumnRole.RESPONSE, "response.body.choices"));
    assertThat(corpus.describe()).contains("prompt_messages=request.body.messages");
    assertThat(cells(corpus.batch().collectAsList()))
        .containsExactly(
            cell("1", 0, "q", "a0", null),
            cell("1", 1, "q", "a1", null),
            cell("2", 0, "q", null, null));
    assertThatThrownBy(
            () ->
                open(
                    CorpusRequest.of(file.toString())
                        .column(ColumnRole.MESSAGES, "request.body.massages")))
        .hasMessageContaining("request.body.messages");
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
  void readBothRepliesOfAnArena() {
    Path file =
        writeCsv(
            folder.resolve("m.csv"),
            List.of("id", "prompt", "response_a", "response_b"),
            List.of(
                List.of("1", "[\"q0\",\"q1\"]", "[\"a0\",\"a1\"]", "[\"b0\",null]"),
                List.of("2", "[\"q\"]", "[\"a\"]", "[\"b\"]")));
    assertThat(cells(open(file).batch().collectAsList()))
        .containsExactlyInAnyOrder(
            cell("1", 0, "q0", "a0", null),
            cell("1", 1, "q1", "a1", null),
            cell("1", 2, "q0", "b0", null),
            cell("1", 3, "q1", null, null),
            cell("2", 0, "q", "a", null),
            cell("2", 1, "q", "b", null));
  }

  @Test
  void keepAPromptThatIsJsonAsTextWhereOthersAreNot() {
    String list = "[{\"role\":\"user\",\"content\":\"x\"}]";
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record("id", "1", "prompt", "q", "response", "a"),
                record("id", "2", "prompt", list, "response", list)));
    assertThat(cells(open(file).batch().collectAsList()))
        .containsExactly(cell("1", 0, "q", "a", null), cell("2", 0, list, list, null));
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
    assertThat(corpus.unreadValues()).isEqualTo(2);
  }

  private Path written(CorpusFormat format, List<Map<String, Object>> records) {
    return switch (format) {
      case PARQUET -> writeTable(folder.resolve("parquet"), "parquet", records);
      case DELTA -> writeTable(folder.resolve("delta"), "delta", records);
      case JSON_LINES -> writeLines(folder.resolve("m.jsonl"), records);
      case CSV -> {
        List<String> header = List.copyOf(new TreeSet<>(records.get(0).keySet()));
        yield writeCsv(
            folder.resolve("m.csv"),
            header,
            records.stream()
                .map(
                    fields ->
                        header.stream()
                            .map(fields::get)
                            .map(value -> value instanceof String text ? text : json(value))
                            .toList())
                .toList());
      }
    };
  }

  private static List<Exchange> talk(Random random) {
    List<Exchange> talk = new ArrayList<>();
    for (int turn = 0; turn <= random.nextInt(3); turn++) {
      talk.add(Exchange.of("q" + turn + " " + text(random), "a" + turn + " " + text(random)));
    }
    return talk;
  }

  private static String text(Random random) {
    List<String> pieces = new ArrayList<>();
    for (int piece = 0; piece <= random.nextInt(5); piece++) {
      pieces.add(PIECES.get(random.nextInt(PIECES.size())));
    }
    return String.join(" ", pieces);
  }

  private interface Spelling {
    Map<String, Object> message(String role, String text);
  }

  private static List<Map<String, Object>> each(List<Exchange> talk, Spelling spelling) {
    List<Map<String, Object>> messages = new ArrayList<>();
    for (Exchange exchange : talk) {
      messages.add(spelling.message("user", exchange.prompt().orElseThrow()));
      messages.add(spelling.message("assistant", exchange.response().orElseThrow()));
    }
    return messages;
  }

  /** The messages with a call of a tool and its result between each question and its answer. */
  private static List<Map<String, Object>> between(
      List<Map<String, Object>> messages, Map<String, Object> call, Map<String, Object> result) {
    List<Map<String, Object>> all = new ArrayList<>();
    for (int index = 0; index < messages.size(); index++) {
      all.add(messages.get(index));
      if (index % 2 == 0) {
        all.addAll(List.of(call, result));
      }
    }
    return all;
  }

  private static Map<String, Object> record(Object... namesAndValues) {
    Map<String, Object> record = new LinkedHashMap<>();
    for (int index = 0; index < namesAndValues.length; index += 2) {
      record.put((String) namesAndValues[index], namesAndValues[index + 1]);
    }
    return record;
  }
}

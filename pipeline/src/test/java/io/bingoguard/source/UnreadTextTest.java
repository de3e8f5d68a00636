package io.bingoguard.source;

import static io.bingoguard.source.CorpusFixture.cell;
import static io.bingoguard.source.CorpusFixture.cells;
import static io.bingoguard.source.CorpusFixture.open;
import static io.bingoguard.source.CorpusFixture.record;
import static io.bingoguard.source.CorpusFixture.writeLines;
import static io.bingoguard.source.CorpusFixture.writeTable;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Text that is not judged is an error, is counted or is named; it is never passed over. */
class UnreadTextTest {
  private static final String REST = "Flour, water and some patience.";

  @TempDir private Path folder;

  static List<Object> partsWithoutText() {
    return List.of(
        record("type", "text", "text", record("parts", List.of(REST))),
        record("type", "text", "text", List.of(REST)),
        record("type", "text", "text", 7),
        record("type", "output_text", "output_text", REST),
        record("type", "text"));
  }

  @ParameterizedTest
  @MethodSource("partsWithoutText")
  void aPartOfTextWithoutTextIsAnErrorOrIsCounted(Object part) {
    Map<String, Object> text = record("type", "text", "text", "q");
    List<Row> rows =
        read(
            message("1", "role", "user", "content", List.of(part)),
            message("2", "role", "user", "content", List.of(text, part)),
            message("3", "role", "user", "content", List.of(record("type", "text", "text", null))));

    assertThat(cells(rows))
        .containsExactly(
            cell("1", 0, null, null, "SOURCE_MALFORMED_CONTENT"),
            cell("2", 0, "q", null, null),
            cell("3", 0, "", null, null));
    assertThat(unreadParts(rows)).containsExactly(0, 1, 0);
  }

  static List<Arguments> messagesWithMore() {
    Map<String, Object> file = record("file_name", "recipe.txt", "extracted_content", REST);
    return List.of(
        Arguments.of(List.of("content", "q", "reasoning_content", "Hm."), 1),
        Arguments.of(List.of("content", "q", "thinking", REST), 1),
        Arguments.of(List.of("text", "q", "attachments", List.of(file, file)), 2),
        Arguments.of(List.of("content", "q", "images", List.of("aGVsbG8=")), 1),
        Arguments.of(List.of("content", "q", "text", "q"), 0),
        Arguments.of(List.of("content", "q", "text", REST), 1),
        Arguments.of(List.of("content", "", "text", "q"), 0),
        Arguments.of(List.of("content", "", "parts", List.of(record("text", "q"))), 0),
        Arguments.of(List.of("content", record("text", "q", "code", REST)), 1),
        Arguments.of(List.of("content", "q", "delta", record("content", REST)), 1),
        Arguments.of(List.of("content", "q", "country", "Bosnia and Herzegovina"), 0),
        Arguments.of(List.of("content", "q", "attachments", List.of(), "refusal", ""), 0));
  }

  @ParameterizedTest
  @MethodSource("messagesWithMore")
  void whatStandsBesideTheContentIsCounted(List<Object> fields, int unread) {
    List<Object> all = new ArrayList<>(List.of("role", "user"));
    all.addAll(fields);
    List<Row> rows = read(message("1", all.toArray()));

    assertThat(cells(rows)).containsExactly(cell("1", 0, "q", null, null));
    assertThat(unreadParts(rows)).containsExactly(unread);
  }

  @Test
  void anEmptyContentBesideTextOfAnUnknownFieldIsAnError() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                message("1", "role", "user", "content", "q"),
                message("2", "role", "user", "content", "", "utterance", REST),
                message("3", "role", "user", "content", null, "delta", record("content", REST)),
                message("4", "role", "user", "content", "", "reasoning", REST)));
    Corpus corpus = open(file);
    List<Row> rows = corpus.batch().collectAsList();

    assertThat(cells(rows))
        .containsExactly(
            cell("1", 0, "q", null, null),
            cell("2", 0, null, null, "SOURCE_MALFORMED_CONTENT"),
            cell("3", 0, null, null, "SOURCE_MALFORMED_CONTENT"),
            cell("4", 0, "", null, null));
    assertThat(rows.get(1).<String>getAs("error_message")).endsWith("not read: utterance");
    assertThat(unreadParts(rows)).containsExactly(0, 0, 0, 1);
    assertThat(corpus.describe())
        .contains("text that is not judged: messages[].delta, messages[].utterance;");
  }

  @Test
  void textInFieldsThatFirstOccurLateIsNamedAfterTheRun() {
    List<Map<String, Object>> records =
        new ArrayList<>(Collections.nCopies(200, record("prompt", "q", "note", null, "kind", "x")));
    records.add(record("prompt", "q", "output", REST, "note", null, "kind", "x"));
    records.add(record("prompt", "q", "Response", List.of(record("text", REST))));
    records.add(record("prompt", "q", "note", REST, "kind", "a kind of x", "score", 7));
    Corpus corpus = open(writeLines(folder.resolve("m.jsonl"), records));
    assertThat(corpus.describe()).doesNotContain("not judged");
    assertThat(corpus.unread().texts()).isEmpty();

    assertThat(corpus.batch().collectAsList()).hasSize(203);

    assertThat(corpus.unread().texts()).containsExactly("Response", "note", "output");
    assertThat(corpus.unread().columns()).containsExactly("note", "kind", "Response", "output");
  }

  @Test
  void textInColumnsOfTablesIsNamed() {
    Path table =
        writeTable(
            folder.resolve("table"),
            "parquet",
            List.of(
                record(
                    "prompt",
                    "q",
                    "answer",
                    REST,
                    "link",
                    "https://example.com/" + "a".repeat(40))));
    Corpus corpus = open(table);

    assertThat(corpus.unread().columns()).containsExactly("answer", "link");
    assertThat(corpus.unread().texts()).containsExactly("answer");
  }

  @Test
  void textBesideANestedColumnIsNamed() {
    Path file =
        writeLines(
            folder.resolve("m.jsonl"),
            List.of(
                record(
                    "request",
                    record("system", REST, "model", "m", "body", record("messages", List.of())),
                    "response",
                    record("content", "a", "error", REST))));
    Corpus corpus =
        open(
            CorpusRequest.of(file.toString())
                .column(ColumnRole.PROMPT, "request.body.messages")
                .column(ColumnRole.RESPONSE, "response.content"));

    assertThat(corpus.unread().columns())
        .containsExactly("request.system", "request.model", "response.error");
    assertThat(corpus.unread().texts()).containsExactly("request.system", "response.error");
  }

  @Test
  void partsThatCameAsJsonTextAreSaidToBeJudgedAsTheyStand() {
    String packed = "[{\"type\": \"text\", \"text\": \"q\"}]";
    Path messages =
        writeLines(
            folder.resolve("messages.jsonl"),
            List.of(message("1", "role", "user", "content", packed)));
    Path pairs =
        writeLines(
            folder.resolve("pairs.jsonl"),
            List.of(
                record("prompt", packed, "response", "a"),
                record("prompt", packed, "response", packed)));

    assertThat(open(messages).describe()).endsWith("judged as it stands: messages");
    assertThat(open(pairs).describe()).endsWith("judged as it stands: prompt");
    assertThat(open(pairs).batch().first().<String>getAs("prompt")).isEqualTo(packed);
  }

  private List<Row> read(Object... records) {
    return open(writeLines(folder.resolve("m.jsonl"), List.of(records))).batch().collectAsList();
  }

  private static Map<String, Object> message(String id, Object... fields) {
    return record("id", id, "messages", List.of(record(fields)));
  }

  private static List<Integer> unreadParts(List<Row> rows) {
    return rows.stream().map(row -> row.<Integer>getAs("unread_parts")).toList();
  }
}

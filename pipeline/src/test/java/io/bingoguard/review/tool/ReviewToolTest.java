package io.bingoguard.review.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.bingoguard.review.sample.ExchangeKey;
import io.bingoguard.review.sample.MessageLabel;
import io.bingoguard.review.sample.SampleItem;
import io.bingoguard.review.sample.Side;
import io.bingoguard.review.sample.Stratum;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.assertj.core.groups.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What each tool is given, and what comes back from it as it writes that. */
class ReviewToolTest {
  private static final JsonMapper JSON = new JsonMapper();
  private static final Map<String, String> CATEGORIES = new LinkedHashMap<>();

  static {
    CATEGORIES.put("S1", "Harm & \"more\"");
    CATEGORIES.put("S2", "<Other>");
  }

  private static final List<ReviewTask> TASKS =
      List.of(
          task("aa", Side.RESPONSE, Optional.of("=1+1, \"quoted\"\nand more"), "A <b>reply</b>"),
          task("bb", Side.PROMPT, Optional.of("@prompt"), "not shown"));

  @TempDir private Path folder;

  @Test
  void labelStudioGetsTasksAndGivesBackEveryAnnotation() throws Exception {
    ReviewFormat format = ReviewTool.LABEL_STUDIO.format();
    ArrayNode tasks = (ArrayNode) JSON.readTree(format.tasks(TASKS));
    assertThat(tasks.get(0).at("/data/message").asText()).isEqualTo("A <b>reply</b>");
    assertThat(tasks.get(0).at("/data/context").asText()).startsWith("=1+1");
    assertThat(tasks.get(1).at("/data/message").asText()).isEqualTo("@prompt");
    assertThat(tasks.toString()).doesNotContain("not shown");
    String config = format.settings(CATEGORIES).get("xml");
    assertThat(parsed(config)).isEqualTo("S1 Harm & \"more\"=S1, S2 <Other>=S2");

    annotate(tasks.get(0), 1, "harmful", "S1", false);
    annotate(tasks.get(0), 2, "unsure", null, false);
    annotate(tasks.get(1), 1, "harmless", null, true);
    ((ObjectNode) tasks.get(1).get("annotations").get(0))
        .set("completed_by", JSON.createObjectNode().put("id", 7).put("email", "ann@example.org"));
    Path file = write("export.json", tasks.toString());

    assertThat(ToolFinder.find(file)).isEqualTo(ReviewTool.LABEL_STUDIO);
    Optional<Instant> time = Optional.of(Instant.parse("2026-03-09T22:16:08.728353Z"));
    assertThat(format.answers(file))
        .extracting(
            Answer::itemId, Answer::reviewer, Answer::verdict, Answer::category, Answer::moment)
        .containsExactly(
            row("aa", "1", "harmful", "S1", time),
            row("aa", "2", "unsure", null, time),
            row("bb", "ann@example.org", null, null, time));
  }

  /** As Label Studio's documentation of its task format has it. */
  private static void annotate(
      JsonNode task, int person, String verdict, String category, boolean skipped) {
    ObjectNode exported = (ObjectNode) task;
    exported.put("id", 1).put("project", 83);
    ObjectNode annotation =
        exported.withArray("/annotations").addObject().put("id", "100" + person);
    annotation.put("was_cancelled", skipped).put("ground_truth", false);
    annotation.put("created_at", "2026-03-09T22:16:00.728353Z");
    annotation.put("updated_at", "2026-03-09T22:16:08.728353Z");
    annotation.put("completed_by", person);
    ArrayNode results = annotation.putArray("result");
    choose(results, "verdict", verdict);
    if (category != null) {
      choose(results, "category", category);
    }
  }

  private static void choose(ArrayNode results, String name, String choice) {
    ObjectNode result = results.addObject().put("from_name", name).put("to_name", "message");
    result.put("type", "choices").put("id", "x").put("origin", "manual");
    result.putObject("value").putArray("choices").add(choice);
  }

  @Test
  void argillaGetsRecordsAndGivesBackEveryResponse() throws Exception {
    ReviewFormat format = ReviewTool.ARGILLA.format();
    ArrayNode records = (ArrayNode) JSON.readTree(format.tasks(TASKS));
    assertThat(records.get(1).at("/fields").has("context")).isFalse();
    JsonNode settings = JSON.readTree(format.settings(CATEGORIES).get("settings.json"));
    assertThat(settings.at("/questions/1/settings/options/1/value").asText()).isEqualTo("S2");

    respond(records.get(0), "verdict", "user-1", "harmful");
    respond(records.get(0), "category", "user-1", "S2");
    respond(records.get(0), "verdict", "user-2", "harmless");
    ((ObjectNode) records.get(1)).putObject("responses");
    Path file = write("records.json", records.toString());

    assertThat(ToolFinder.find(file)).isEqualTo(ReviewTool.ARGILLA);
    assertThat(format.answers(file))
        .extracting(
            Answer::itemId, Answer::reviewer, Answer::verdict, Answer::category, Answer::moment)
        .containsExactly(
            row("aa", "user-1", "harmful", "S2", Optional.empty()),
            row("aa", "user-2", "harmless", null, Optional.empty()));
  }

  private static void respond(JsonNode record, String question, String user, String value) {
    ((ObjectNode) record)
        .withArray("/responses/" + question)
        .addObject()
        .put("value", value)
        .put("user_id", user);
  }

  @Test
  void aTableIsReadAsASpreadsheetSavesIt() throws Exception {
    ReviewFormat format = ReviewTool.CSV.format();
    String table = format.tasks(TASKS);
    assertThat(table).contains(",\"'=1+1, \"\"quoted\"\"\nand more\",", ",\"'@prompt\",");
    assertThat(format.answers(write("empty.csv", table)))
        .extracting(Answer::verdict)
        .containsOnly(Optional.empty());

    Path file =
        write(
            "filled.csv",
            "item_id;message;verdict;category;reviewer;reviewed_at\r\n"
                + "aa;\"'=1+1; \"\"quoted\"\"\nand more\"; Harmful ;S1;ann;2026-03-09T22:16:08.728353Z\r\n"
                + "bb;x;harmless;;;yesterday\r\n");

    assertThat(ToolFinder.find(file)).isEqualTo(ReviewTool.CSV);
    assertThat(format.answers(file))
        .extracting(
            Answer::itemId, Answer::reviewer, Answer::verdict, Answer::category, Answer::moment)
        .containsExactly(
            row(
                "aa",
                "ann",
                "Harmful",
                "S1",
                Optional.of(Instant.parse("2026-03-09T22:16:08.728353Z"))),
            row("bb", null, "harmless", null, Optional.empty()));
  }

  @Test
  void whatIsNoExportIsRefused() throws Exception {
    Path minimal = write("min.json", "[{\"item_id\": \"aa\", \"verdict\": \"harmful\"}]");
    Path object = write("object.json", "{\"annotations\": []}");
    Path broken = write("broken.json", "[{");
    Path other = write("other.csv", "a,b\n1,2\n");
    Path ragged = write("ragged.csv", "item_id,verdict\naa,harmful,S1\n");

    assertThatThrownBy(() -> ToolFinder.find(minimal)).hasMessageContaining("not JSON-MIN");
    assertThatThrownBy(() -> ToolFinder.find(object)).hasMessageContaining("no export");
    assertThatThrownBy(() -> ToolFinder.find(broken)).hasMessageContaining("cannot be read");
    assertThatThrownBy(() -> ReviewTool.CSV.format().answers(other))
        .hasMessageContaining("lacks item_id and verdict.");
    assertThatThrownBy(() -> ReviewTool.CSV.format().answers(ragged))
        .hasMessageContaining("record 1 is not one of 2 fields");
    Path latin = folder.resolve("latin.csv");
    Files.write(latin, "item_id,verdict\naa,caf\u00e9\n".getBytes(StandardCharsets.ISO_8859_1));
    assertThatThrownBy(() -> ReviewTool.CSV.format().answers(latin))
        .hasMessageContaining("is not in UTF-8");
  }

  private static Tuple row(
      String item, String reviewer, String verdict, String category, Optional<Instant> at) {
    return tuple(
        Optional.of(item),
        Optional.ofNullable(reviewer),
        Optional.ofNullable(verdict),
        Optional.ofNullable(category),
        at);
  }

  /** The categories that may be chosen, with their aliases. */
  private static String parsed(String config) throws Exception {
    var choices =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(config.getBytes(StandardCharsets.UTF_8)))
            .getElementsByTagName("Choice");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < choices.getLength(); i++) {
      var attributes = choices.item(i).getAttributes();
      if (attributes.getNamedItem("alias") != null) {
        text.append(text.isEmpty() ? "" : ", ")
            .append(attributes.getNamedItem("value").getNodeValue())
            .append('=')
            .append(attributes.getNamedItem("alias").getNodeValue());
      }
    }
    return text.toString();
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static ReviewTask task(String id, Side side, Optional<String> prompt, String response) {
    return new ReviewTask(
        new SampleItem(
            1,
            id,
            side,
            new ExchangeKey("-c", 0, "hash", Optional.of("file:/a.jsonl"), Optional.of(3L)),
            new MessageLabel(true, 0.9, Optional.of("S1"), Optional.empty()),
            new Stratum("s", 10, 2, 0.9, 0)),
        Optional.of(new ReviewTask.Texts(prompt, Optional.of(response))));
  }
}

package io.bingoguard.review.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Argilla 2: records as {@code dataset.records.from_json} reads them and {@code to_json} writes
 * them, each with its responses by question and user. Times are not among them.
 *
 * @see <a href="https://docs.argilla.io/latest/reference/argilla/records/records/">Argilla,
 *     rg.Record</a>
 * @see <a href="https://docs.argilla.io/latest/how_to_guides/import_export/">Argilla, Import and
 *     export</a>
 */
final class ArgillaFormat implements ReviewFormat {
  static final String RESPONSES = "responses";
  static final String VERDICT = "verdict";
  static final String CATEGORY = "category";
  private static final String FIELDS = "fields";

  @Override
  public String tasks(List<ReviewTask> tasks) {
    ArrayNode list = JsonList.JSON.createArrayNode();
    for (ReviewTask task : tasks) {
      ObjectNode record = list.addObject();
      record.put("id", task.item().id());
      ObjectNode fields = record.putObject(FIELDS);
      fields.put("question", task.question());
      if (!task.context().isEmpty()) {
        fields.put("context", task.context());
      }
      fields.put("message", task.message());
      ObjectNode metadata = record.putObject("metadata");
      metadata.put("side", task.item().side().key());
      metadata.put("conversation_id", task.item().exchange().conversationId());
      metadata.put("turn_index", task.item().exchange().turnIndex());
    }
    return list.toPrettyString() + "\n";
  }

  @Override
  public Map<String, String> settings(Map<String, String> categories) {
    return Map.of("settings.json", ArgillaSettings.of(categories));
  }

  @Override
  public List<Answer> answers(Path file) {
    List<Answer> answers = new ArrayList<>();
    for (JsonNode record : JsonList.read(file, RESPONSES)) {
      Map<String, Optional<String>> verdicts = byUser(record, VERDICT);
      Map<String, Optional<String>> categories = byUser(record, CATEGORY);
      Optional<String> id = JsonList.text(record.path("id"));
      verdicts.forEach(
          (user, verdict) ->
              answers.add(
                  new Answer(
                      "record %s of user %s".formatted(id.orElse("without id"), user),
                      id,
                      Optional.of(user),
                      verdict,
                      categories.getOrDefault(user, Optional.empty()),
                      Optional.empty())));
    }
    return answers;
  }

  private static Map<String, Optional<String>> byUser(JsonNode record, String question) {
    Map<String, Optional<String>> values = new LinkedHashMap<>();
    for (JsonNode response : record.path(RESPONSES).path(question)) {
      values.put(response.path("user_id").asText(), JsonList.text(response.path("value")));
    }
    return values;
  }
}

package io.bingoguard.review.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Label Studio: a list of tasks to import, and its export of the format JSON, with every annotation
 * of every task. Drafts are no answers; a task that a person skipped is one without a verdict.
 *
 * @see <a href="https://labelstud.io/guide/tasks">Label Studio, Import data</a>
 * @see <a href="https://labelstud.io/guide/task_format">Label Studio, Task format</a>
 */
final class LabelStudioFormat implements ReviewFormat {
  static final String VERDICT = "verdict";
  static final String CATEGORY = "category";
  static final String ANNOTATIONS = "annotations";
  private static final String DATA = "data";
  private static final String ITEM = "item_id";

  @Override
  public String tasks(List<ReviewTask> tasks) {
    ArrayNode list = JsonList.JSON.createArrayNode();
    for (ReviewTask task : tasks) {
      ObjectNode data = list.addObject().putObject(DATA);
      data.put(ITEM, task.item().id());
      data.put("question", task.question());
      data.put("context", task.context());
      data.put("message", task.message());
      data.put("conversation_id", task.item().exchange().conversationId());
      data.put("turn_index", task.item().exchange().turnIndex());
      data.put("side", task.item().side().key());
    }
    return list.toPrettyString() + "\n";
  }

  @Override
  public Map<String, String> settings(Map<String, String> categories) {
    return Map.of("xml", LabelStudioConfig.of(categories));
  }

  @Override
  public List<Answer> answers(Path file) {
    List<Answer> answers = new ArrayList<>();
    for (JsonNode task : JsonList.read(file, ANNOTATIONS)) {
      for (JsonNode annotation : task.path(ANNOTATIONS)) {
        answers.add(answer(task, annotation));
      }
    }
    return answers;
  }

  private static Answer answer(JsonNode task, JsonNode annotation) {
    boolean skipped = annotation.path("was_cancelled").asBoolean();
    return new Answer(
        "task %s, annotation %s"
            .formatted(task.path("id").asText(), annotation.path("id").asText()),
        JsonList.text(task.path(DATA).path(ITEM)),
        reviewer(annotation.path("completed_by")),
        skipped ? Optional.empty() : choice(annotation, VERDICT),
        skipped ? Optional.empty() : choice(annotation, CATEGORY),
        JsonList.text(annotation.path("updated_at"))
            .or(() -> JsonList.text(annotation.path("created_at"))));
  }

  /** A number, or an object that names the person where the project says so. */
  private static Optional<String> reviewer(JsonNode by) {
    return JsonList.text(by)
        .or(() -> JsonList.text(by.path("email")))
        .or(() -> JsonList.text(by.path("id")));
  }

  private static Optional<String> choice(JsonNode annotation, String name) {
    for (JsonNode result : annotation.path("result")) {
      if (result.path("from_name").asText().equals(name)) {
        return JsonList.text(result.path("value").path("choices").path(0));
      }
    }
    return Optional.empty();
  }
}

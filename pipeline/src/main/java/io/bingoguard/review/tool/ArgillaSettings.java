package io.bingoguard.review.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Fields and questions of an Argilla dataset, as {@code rg.Settings.from_json} reads them.
 *
 * @see <a href="https://docs.argilla.io/latest/reference/argilla/settings/settings/">Argilla,
 *     rg.Settings</a>
 */
final class ArgillaSettings {
  private ArgillaSettings() {}

  /** The settings, as JSON. */
  static String of(Map<String, String> categories) {
    ObjectNode settings = JsonList.JSON.createObjectNode();
    settings.put("guidelines", "Judge the message, in the light of what stands before it.");
    settings.put("allow_extra_metadata", true);
    ArrayNode fields = settings.putArray("fields");
    field(fields, "question", "What is asked", true);
    field(fields, "context", "What the user said before", false);
    field(fields, "message", "The message", true);
    ArrayNode questions = settings.putArray("questions");
    Map<String, String> verdicts = new LinkedHashMap<>();
    for (Verdict verdict : Verdict.values()) {
      verdicts.put(verdict.key(), verdict.key());
    }
    question(questions, ArgillaFormat.VERDICT, "Verdict", verdicts, true);
    if (!categories.isEmpty()) {
      Map<String, String> named = new LinkedHashMap<>();
      categories.forEach((code, name) -> named.put(code, code + " " + name));
      question(questions, ArgillaFormat.CATEGORY, "Category of what is harmful", named, false);
    }
    settings.putArray("metadata");
    settings.putArray("vectors");
    return settings.toPrettyString() + "\n";
  }

  private static void field(ArrayNode fields, String name, String title, boolean required) {
    ObjectNode field = fields.addObject();
    field.put("name", name);
    field.put("title", title);
    field.put("required", required);
    field.putObject("settings").put("type", "text").put("use_markdown", false);
  }

  private static void question(
      ArrayNode questions,
      String name,
      String title,
      Map<String, String> options,
      boolean required) {
    ObjectNode question = questions.addObject();
    question.put("name", name);
    question.put("title", title);
    question.put("required", required);
    ObjectNode settings = question.putObject("settings");
    settings.put("type", "label_selection");
    ArrayNode choices = settings.putArray("options");
    options.forEach((value, text) -> choices.addObject().put("value", value).put("text", text));
  }
}

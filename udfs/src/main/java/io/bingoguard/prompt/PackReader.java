package io.bingoguard.prompt;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.guard.Category;
import io.bingoguard.guard.GuardException;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Severity;
import io.bingoguard.guard.Sha256;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the JSON form of a {@link PromptPack} and refuses whatever it does not understand. */
final class PackReader {
  private static final String FORMAT = "bingoguard-prompt-pack/1";
  private static final ObjectMapper MAPPER =
      new ObjectMapper()
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

  private final String source;
  private final Map<String, Category> categoriesByCode = new LinkedHashMap<>();

  private PackReader(String source) {
    this.source = source;
  }

  static PromptPack read(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      return new PackReader(file.toString()).pack(MAPPER.readTree(bytes), Sha256.of(bytes));
    } catch (IOException e) {
      throw PromptErrors.packUnreadable(file.toString(), e);
    }
  }

  private PromptPack pack(JsonNode root, String sha256) {
    only(
        root,
        "the file",
        "format",
        "name",
        "version",
        "source",
        "bos_token",
        "bos_count",
        "end_token",
        "categories",
        "tasks");
    String format = string(root, "format", "the file");
    if (!format.equals(FORMAT)) {
      throw invalid("format is '" + format + "'", "This release reads '" + FORMAT + "'");
    }
    if (root.has("source") && !root.path("source").isObject()) {
      throw invalid("source is no JSON object", "Say in it where the texts come from");
    }
    List<PackCategory> categories = categories(root.path("categories"));
    Map<GuardTask, TaskPrompt> tasks = tasks(root.path("tasks"));
    TaskPrompt severity = tasks.get(GuardTask.SEVERITY);
    if (severity != null && severity.template().slots().contains(Slot.RUBRIC)) {
      for (PackCategory category : categories) {
        if (category.rubric().isBlank()) {
          throw invalid(
              "category " + category.category().code() + " has no rubric",
              "The severity template has a {rubric} slot, so every category needs one");
        }
      }
    }
    return new PromptPack(
        new PromptPack.PackId(
            string(root, "name", "the file"), string(root, "version", "the file"), sha256),
        frame(root),
        categories,
        tasks);
  }

  private PromptPack.FrameTokens frame(JsonNode root) {
    Optional<String> bos =
        root.has("bos_token")
            ? Optional.of(string(root, "bos_token", "the file"))
            : Optional.empty();
    JsonNode count = root.path("bos_count");
    if (!isBetween(count, 0, 8)) {
      throw invalid("bos_count is " + count, "Give the number of BOS tokens sent, 0 to 8");
    }
    if (count.intValue() > 0 && bos.isEmpty()) {
      throw invalid("bos_count is " + count + " but there is no bos_token", "Name the token");
    }
    return new PromptPack.FrameTokens(bos, count.intValue(), string(root, "end_token", "the file"));
  }

  private List<PackCategory> categories(JsonNode array) {
    if (!array.isArray() || array.isEmpty()) {
      throw invalid("categories is not a list of categories", "List every category");
    }
    List<PackCategory> categories = new ArrayList<>();
    for (JsonNode node : array) {
      String where = "category " + (categories.size() + 1);
      only(node, where, "code", "name", "severity_name", "rubric");
      Category category = new Category(string(node, "code", where), string(node, "name", where));
      if (categoriesByCode.put(category.code(), category) != null) {
        throw invalid("category code " + category.code() + " stands twice", "Keep one of them");
      }
      categories.add(
          new PackCategory(
              category,
              node.has("severity_name") ? string(node, "severity_name", where) : category.name(),
              node.has("rubric") ? string(node, "rubric", where) : ""));
    }
    return categories;
  }

  private Map<GuardTask, TaskPrompt> tasks(JsonNode node) {
    only(node, "tasks", "prompt", "response", "severity");
    Map<GuardTask, TaskPrompt> tasks = new EnumMap<>(GuardTask.class);
    for (GuardTask task : GuardTask.values()) {
      String where = "task " + task.key();
      JsonNode taskNode = node.path(task.key());
      if (task == GuardTask.SEVERITY && taskNode.isMissingNode()) {
        continue;
      }
      only(taskNode, where, "template", "strip", "answers");
      tasks.put(task, new TaskPrompt(template(task, taskNode), answers(task, taskNode)));
    }
    return tasks;
  }

  private Template template(GuardTask task, JsonNode taskNode) {
    String where = "template of task " + task.key();
    JsonNode strip = taskNode.path("strip");
    if (taskNode.has("strip") && !strip.isBoolean()) {
      throw invalid("strip of task " + task.key() + " is " + strip, "Give true or false");
    }
    Template template;
    try {
      template = Template.parse(text(taskNode.path("template"), where), strip.asBoolean(true));
    } catch (IllegalArgumentException e) {
      throw invalid(
          where + ": " + e.getMessage(),
          "Slots are " + keys(Slot.allowedIn(task)) + "; write literal braces twice");
    }
    for (Slot slot : template.slots()) {
      if (!Slot.allowedIn(task).contains(slot)) {
        throw invalid(
            where + " has slot {" + slot.key() + "}",
            "This task fills only " + keys(Slot.allowedIn(task)));
      }
    }
    if (!template.slots().contains(Slot.judgedBy(task))) {
      throw invalid(
          where + " has no slot {" + Slot.judgedBy(task).key() + "}",
          "Without it the task would judge nothing");
    }
    return template;
  }

  private static String keys(Set<Slot> slots) {
    return slots.stream().map(slot -> "{" + slot.key() + "}").toList().toString();
  }

  /** A string, or a list of strings that are concatenated as they are. */
  private String text(JsonNode node, String where) {
    if (node.isTextual()) {
      return node.textValue();
    }
    if (!node.isArray() || node.isEmpty()) {
      throw invalid(where + " is missing", "Give a string or a list of strings");
    }
    StringBuilder text = new StringBuilder();
    for (JsonNode line : node) {
      if (!line.isTextual()) {
        throw invalid(where + " holds " + line.getNodeType(), "Give a string or a list of strings");
      }
      text.append(line.textValue());
    }
    return text.toString();
  }

  private List<Answer> answers(GuardTask task, JsonNode taskNode) {
    String where = "answers of task " + task.key();
    JsonNode array = taskNode.path("answers");
    if (!array.isArray() || array.size() < 2) {
      throw invalid(where + " are not a list of two or more", "List every legal answer");
    }
    List<Answer> answers = new ArrayList<>();
    Set<String> texts = new HashSet<>();
    Map<AnswerMeaning, String> textsByMeaning = new HashMap<>();
    for (JsonNode node : array) {
      String text = string(node, "text", where);
      AnswerMeaning meaning =
          task == GuardTask.SEVERITY ? level(node, where) : binary(node, where, text);
      if (!texts.add(text)) {
        throw invalid(where + ": '" + text + "' stands twice", "Keep one of each");
      }
      String other = textsByMeaning.put(meaning, text);
      if (other != null) {
        throw invalid(
            where + ": '" + other + "' and '" + text + "' mean the same",
            "Give each meaning one answer, or its probability would be split");
      }
      answers.add(new Answer(text, meaning));
    }
    requireAllMeanings(task, where, textsByMeaning.keySet());
    return answers;
  }

  private AnswerMeaning level(JsonNode node, String where) {
    only(node, where, "text", "severity");
    JsonNode level = node.path("severity");
    if (!isBetween(level, 0, Severity.LEVELS - 1)) {
      throw invalid(where + ": severity is " + level, "Levels are 0 to 4");
    }
    return new AnswerMeaning.Level(level.intValue());
  }

  private AnswerMeaning binary(JsonNode node, String where, String text) {
    only(node, where, "text", "harmful", "category");
    JsonNode harmful = node.path("harmful");
    if (!harmful.isBoolean() || harmful.booleanValue() != node.has("category")) {
      throw invalid(
          where + ": '" + text.strip() + "' does not say what it means",
          "Give \"harmful\": false, or \"harmful\": true with a category");
    }
    if (!harmful.booleanValue()) {
      return new AnswerMeaning.Harmless();
    }
    Category category = categoriesByCode.get(string(node, "category", where));
    if (category == null) {
      throw invalid(
          where + ": category " + node.path("category") + " is not listed",
          "Categories are " + categoriesByCode.keySet());
    }
    return new AnswerMeaning.Harmful(category);
  }

  private void requireAllMeanings(GuardTask task, String where, Set<AnswerMeaning> meanings) {
    int expected = task == GuardTask.SEVERITY ? Severity.LEVELS : categoriesByCode.size() + 1;
    if (meanings.size() != expected) {
      throw invalid(
          where + " give " + meanings.size() + " meanings",
          task == GuardTask.SEVERITY
              ? "Give one answer for each level 0 to 4"
              : "Give one harmless answer and one for each of the categories");
    }
  }

  /** A fraction is refused, not cut down to the integer below it. */
  private static boolean isBetween(JsonNode number, int least, int most) {
    return number.isIntegralNumber()
        && number.canConvertToInt()
        && number.intValue() >= least
        && number.intValue() <= most;
  }

  /** A text that is not blank: nothing in a pack that is named by a field may be. */
  private String string(JsonNode node, String field, String where) {
    JsonNode value = node.path(field);
    if (!value.isTextual() || value.textValue().isBlank()) {
      throw invalid(where + " has no text in field '" + field + "'", "See udfs/README.md");
    }
    return value.textValue();
  }

  private void only(JsonNode node, String where, String... fields) {
    if (!node.isObject()) {
      throw invalid(where + " is not a JSON object", "See udfs/README.md");
    }
    Set<String> known = Set.of(fields);
    node.fieldNames()
        .forEachRemaining(
            name -> {
              if (!known.contains(name)) {
                throw invalid(
                    where + " has an unknown field '" + name + "'", "Known are " + List.of(fields));
              }
            });
  }

  private GuardException invalid(String problem, String remedy) {
    return PromptErrors.packInvalid(source, problem, remedy);
  }
}

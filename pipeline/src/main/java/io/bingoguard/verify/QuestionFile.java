package io.bingoguard.verify;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.bingoguard.engine.LoadedModel;
import io.bingoguard.guard.Exchange;
import io.bingoguard.guard.GuardTask;
import io.bingoguard.guard.Question;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Questions from a JSON Lines file with the fields {@code task} (prompt, response or severity),
 * {@code category} (a code; for the severity task only), {@code prompt} and {@code response}.
 */
public final class QuestionFile {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);
  private static final List<String> FIELDS = List.of("task", "category", "prompt", "response");

  private final Path file;
  private final LoadedModel model;

  private QuestionFile(Path file, LoadedModel model) {
    this.file = file;
    this.model = model;
  }

  /**
   * Reads every line that is not blank.
   *
   * @param model says what the categories of the severity task are
   * @throws io.bingoguard.guard.GuardException VERIFY_REQUESTS_UNREADABLE or
   *     VERIFY_REQUEST_INVALID, which names the line
   */
  public static List<Question> read(Path file, LoadedModel model) {
    return new QuestionFile(file, model).questions();
  }

  private List<Question> questions() {
    List<String> lines;
    try {
      lines = Files.readAllLines(file);
    } catch (IOException e) {
      throw VerifyErrors.verifyRequestsUnreadable(file.toString(), e);
    }
    List<Question> questions = new ArrayList<>();
    for (int number = 1; number <= lines.size(); number++) {
      if (!lines.get(number - 1).isBlank()) {
        questions.add(question(lines.get(number - 1), number));
      }
    }
    return questions;
  }

  private Question question(String line, int number) {
    JsonNode node;
    try {
      node = MAPPER.readTree(line);
    } catch (JsonProcessingException e) {
      // The parser's own message may quote text of the conversation.
      throw invalid(number, "is no JSON", "one JSON object a line");
    }
    if (!node.isObject()) {
      throw invalid(number, "is no JSON object", "one JSON object a line");
    }
    node.fieldNames()
        .forEachRemaining(
            field -> {
              if (!FIELDS.contains(field)) {
                throw invalid(number, "has a field '" + field + "'", "the fields " + FIELDS);
              }
            });
    GuardTask task = task(node, number);
    Exchange exchange = new Exchange(text(node, "prompt", number), text(node, "response", number));
    return task == GuardTask.SEVERITY
        ? severity(node, exchange, number)
        : Question.binary(task, exchange);
  }

  private GuardTask task(JsonNode node, int number) {
    String key = text(node, "task", number).orElse("");
    return Arrays.stream(GuardTask.values())
        .filter(task -> task.key().equals(key))
        .findFirst()
        .orElseThrow(
            () -> invalid(number, "has task '" + key + "'", "prompt, response or severity"));
  }

  private Question severity(JsonNode node, Exchange exchange, int number) {
    String code = text(node, "category", number).orElse("");
    return model
        .pack()
        .category(code)
        .map(category -> Question.severity(category, exchange))
        .orElseThrow(
            () ->
                invalid(
                    number,
                    "has category '" + code + "'",
                    "one of "
                        + model.pack().categories().stream()
                            .map(known -> known.category().code())
                            .toList()));
  }

  private Optional<String> text(JsonNode node, String field, int number) {
    JsonNode value = node.path(field);
    if (value.isMissingNode() || value.isNull()) {
      return Optional.empty();
    }
    if (!value.isTextual()) {
      throw invalid(number, "has no text in '" + field + "'", "a string or null");
    }
    return Optional.of(value.textValue());
  }

  private RuntimeException invalid(int number, String seen, String expected) {
    return VerifyErrors.verifyRequestInvalid(file.toString(), number, seen, expected);
  }
}

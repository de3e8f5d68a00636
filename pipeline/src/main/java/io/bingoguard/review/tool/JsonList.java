package io.bingoguard.review.tool;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Files that hold a list of JSON objects. */
final class JsonList {
  static final JsonMapper JSON = new JsonMapper();

  private JsonList() {}

  /**
   * The list.
   *
   * @param member that every object has to have
   * @throws io.bingoguard.guard.GuardException REVIEWS_UNREADABLE
   */
  static JsonNode read(Path file, String member) {
    JsonNode list = read(file);
    for (JsonNode one : list) {
      if (!one.has(member)) {
        throw ToolErrors.unknownForm(file.toString());
      }
    }
    return list;
  }

  static JsonNode read(Path file) {
    try {
      JsonNode list = JSON.readTree(file.toFile());
      if (!list.isArray()) {
        throw ToolErrors.unknownForm(file.toString());
      }
      return list;
    } catch (IOException e) {
      throw ToolErrors.unreadable(file.toString(), e);
    }
  }

  /** A text or number as text; empty where there is none. */
  static Optional<String> text(JsonNode value) {
    return value.isValueNode() && !value.isNull() && !value.asText().isBlank()
        ? Optional.of(value.asText().strip())
        : Optional.empty();
  }
}

package io.bingoguard.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** JSON text as plain Java values. */
final class Json {
  private static final ObjectMapper MAPPER =
      new ObjectMapper(
          JsonFactory.builder()
              // A message may be as long as a string can be.
              .streamReadConstraints(
                  StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
              // Python writes NaN and Infinity for missing scores.
              .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
              .build());

  private Json() {}

  /**
   * The fields of a JSON object, in order.
   *
   * @param wanted names to read, the others are skipped unread; empty to read all
   * @return empty when the text is not exactly one JSON object
   */
  static Optional<Map<String, Object>> object(String text, Set<String> wanted) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (wanted.isEmpty() || wanted.contains(name)) {
          fields.put(name, MAPPER.readValue(parser, Object.class));
        } else {
          parser.skipChildren();
        }
      }
      return parser.nextToken() == null ? Optional.of(fields) : Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /** An object of text, numbers, booleans, lists and maps as one line of JSON. */
  static String text(Map<String, ?> fields) {
    try {
      return MAPPER.writeValueAsString(fields);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The elements of a JSON array; empty when the text is not exactly one. */
  static Optional<List<?>> list(String text) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_ARRAY) {
        return Optional.empty();
      }
      List<?> elements = MAPPER.readValue(parser, List.class);
      return parser.nextToken() == null ? Optional.of(elements) : Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }
}

package io.bingoguard.source;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
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

  /** The fields of a JSON object, in order; empty when the text is not exactly one. */
  static Optional<Map<String, Object>> object(String text) {
    return record(text, Set.of()).map(CorpusRecord::fields);
  }

  /**
   * A JSON object as a record.
   *
   * @param wanted names to read, the others are looked at for text; empty to read all
   * @return empty when the text is not exactly one JSON object
   */
  static Optional<CorpusRecord> record(String text, Set<String> wanted) {
    try (JsonParser parser = MAPPER.createParser(text)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      Map<String, Object> fields = new LinkedHashMap<>();
      List<String> texts = new ArrayList<>();
      while (parser.nextToken() == JsonToken.FIELD_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        if (wanted.isEmpty() || wanted.contains(name)) {
          fields.put(name, MAPPER.readValue(parser, Object.class));
        } else if (skipProse(parser)) {
          texts.add(name);
        }
      }
      return parser.nextToken() == null
          ? Optional.of(CorpusRecord.of(fields, texts))
          : Optional.empty();
    } catch (IOException malformed) {
      return Optional.empty();
    }
  }

  /** Passes over a value and tells whether text was in it. */
  private static boolean skipProse(JsonParser parser) throws IOException {
    boolean prose = false;
    int depth = 0;
    for (JsonToken token = parser.currentToken(); ; token = parser.nextToken()) {
      prose |= token == JsonToken.VALUE_STRING && Prose.is(parser.getText());
      depth += token.isStructStart() ? 1 : token.isStructEnd() ? -1 : 0;
      if (depth == 0) {
        return prose;
      }
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

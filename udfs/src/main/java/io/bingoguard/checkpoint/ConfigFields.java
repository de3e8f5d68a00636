package io.bingoguard.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import io.bingoguard.guard.GuardException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/** Typed reading of a config's JSON; a field that is null counts as missing, as in Python. */
final class ConfigFields {
  private final Path file;
  private final String prefix;
  private final JsonNode object;

  ConfigFields(Path file, JsonNode object) {
    this(file, "", object);
  }

  private ConfigFields(Path file, String prefix, JsonNode object) {
    this.file = file;
    this.prefix = prefix;
    this.object = object;
  }

  Optional<JsonNode> find(String field) {
    return Optional.ofNullable(object.get(field)).filter(node -> !node.isNull());
  }

  /** The fields of a nested object that is not empty. */
  Optional<ConfigFields> nested(String field) {
    Optional<JsonNode> node = find(field);
    if (node.isPresent() && !node.get().isObject()) {
      throw invalid(field, "an object");
    }
    return node.filter(value -> !value.isEmpty())
        .map(value -> new ConfigFields(file, prefix + field + ".", value));
  }

  int size(String field, int max) {
    return optionalSize(field, max)
        .orElseThrow(() -> invalid(field, "a whole number from 1 to " + max));
  }

  int size(String field, int max, int missing) {
    return optionalSize(field, max).orElse(missing);
  }

  OptionalInt optionalSize(String field, int max) {
    Optional<JsonNode> node = find(field);
    if (node.isEmpty()) {
      return OptionalInt.empty();
    }
    JsonNode value = node.get();
    if (!value.isIntegralNumber()
        || !value.canConvertToInt()
        || value.intValue() < 1
        || value.intValue() > max) {
      throw invalid(field, "a whole number from 1 to " + max);
    }
    return OptionalInt.of(value.intValue());
  }

  double positive(String field) {
    return optionalPositive(field).orElseThrow(() -> invalid(field, "a positive number"));
  }

  double positive(String field, double missing) {
    return optionalPositive(field).orElse(missing);
  }

  OptionalDouble optionalPositive(String field) {
    Optional<JsonNode> node = find(field);
    if (node.isEmpty()) {
      return OptionalDouble.empty();
    }
    double value = node.get().asDouble(Double.NaN);
    if (!node.get().isNumber() || !(value > 0) || Double.isInfinite(value)) {
      throw invalid(field, "a positive number");
    }
    return OptionalDouble.of(value);
  }

  boolean flag(String field, boolean missing) {
    Optional<JsonNode> node = find(field);
    if (node.isPresent() && !node.get().isBoolean()) {
      throw invalid(field, "true or false");
    }
    return node.map(JsonNode::booleanValue).orElse(missing);
  }

  Optional<String> text(String field) {
    Optional<JsonNode> node = find(field);
    if (node.isPresent() && !node.get().isTextual()) {
      throw invalid(field, "a text");
    }
    return node.map(JsonNode::textValue);
  }

  boolean holdsObjects() {
    for (JsonNode value : object) {
      if (value.isObject()) {
        return true;
      }
    }
    return false;
  }

  GuardException invalid(String field, String expected) {
    return CheckpointErrors.configInvalid(file, prefix + field, seen(field), expected);
  }

  GuardException unsupported(String field, String expected) {
    return CheckpointErrors.configUnsupported(file, prefix + field, seen(field), expected);
  }

  private String seen(String field) {
    JsonNode value = object.get(field);
    return value == null ? "nothing" : value.toString();
  }
}

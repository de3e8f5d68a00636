package io.bingoguard.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The fields of a message, under the names that corpora give them. A field that is there but null
 * says more than one that is not there, and less than a value.
 */
final class MessageFields {
  /** Fields that say who speaks, whatever stands in them. */
  static final List<String> ROLES = List.of("role", "from");

  /** Fields that say so only if a known speaker stands in them. */
  private static final List<String> SPEAKERS = List.of("author", "speaker", "sender", "type");

  private static final List<String> CONTENTS =
      List.of("content", "value", "text", "parts", "message");

  private static final List<String> TOOL_CALLS =
      List.of("tool_calls", "function_call", "tool_call");

  /** Fields that hold the message where the element only wraps it. */
  private static final List<String> WRAPPERS = List.of("message", "data", "kwargs");

  private static final String REFUSAL = "refusal";

  private final Map<?, ?> outer;
  private final Map<?, ?> fields;

  private MessageFields(Map<?, ?> outer, Map<?, ?> fields) {
    this.outer = outer;
    this.fields = fields;
  }

  static MessageFields of(Map<?, ?> element) {
    return WRAPPERS.stream()
        .map(element::get)
        .filter(Map.class::isInstance)
        .<Map<?, ?>>map(inner -> (Map<?, ?>) inner)
        .filter(inner -> roleField(inner).isPresent() || present(inner, CONTENTS).isPresent())
        .findFirst()
        .map(inner -> new MessageFields(element, inner))
        .orElseGet(() -> new MessageFields(element, element));
  }

  /** Whether an element of a list wraps a message, as the choices of a completion do. */
  static boolean isWrapped(Object element) {
    return element instanceof Map<?, ?> map && of(map).fields != map;
  }

  /** The field that says who speaks, if an element of a list is a message. */
  static Optional<String> roleField(Object element) {
    if (!(element instanceof Map<?, ?> map)) {
      return Optional.empty();
    }
    Optional<String> named = present(map, ROLES);
    if (named.isPresent() && map.get(named.get()) != null) {
      return named;
    }
    return SPEAKERS.stream()
        .filter(name -> speaker(map.get(name)).isPresent())
        .findFirst()
        .or(() -> named)
        .or(() -> WRAPPERS.stream().filter(name -> isMessage(map.get(name))).findFirst());
  }

  private static boolean isMessage(Object inner) {
    return inner instanceof Map<?, ?> && roleField(inner).isPresent();
  }

  /** Who speaks; null where no field says so. */
  Object role() {
    Object inner = role(fields);
    return inner == null ? role(outer) : inner;
  }

  private static Object role(Map<?, ?> fields) {
    return present(fields, ROLES)
        .<Object>map(fields::get)
        .or(() -> SPEAKERS.stream().flatMap(name -> speaker(fields.get(name)).stream()).findFirst())
        .orElse(null);
  }

  private static Optional<String> speaker(Object value) {
    Object name = value instanceof Map<?, ?> author ? author.get("role") : value;
    return name instanceof String text && MessageRole.of(text).isPresent()
        ? Optional.of(text)
        : Optional.empty();
  }

  /** Whether there is a field for the content, null or not. */
  boolean hasContent() {
    return present(fields, CONTENTS).isPresent()
        || fields.containsKey(REFUSAL)
        || ContentParts.transcript(fields).isPresent();
  }

  /** What is said, or why nothing is; null where the field is. */
  Object content() {
    Object content = present(fields, CONTENTS).<Object>map(fields::get).orElse(null);
    if (!isEmpty(content)) {
      return content;
    }
    return fields.get(REFUSAL) != null
        ? fields.get(REFUSAL)
        : ContentParts.transcript(fields).<Object>map(text -> text).orElse(content);
  }

  /** Whether a field that is not read holds text of more than a word. */
  boolean hasOtherText() {
    return fields.entrySet().stream()
        .anyMatch(
            field ->
                !ROLES.contains(field.getKey())
                    && !CONTENTS.contains(field.getKey())
                    && field.getValue() instanceof String text
                    && text.strip().matches("(?s)\\S+\\s.*"));
  }

  /** Whether the message calls tools. */
  boolean callsTools() {
    return TOOL_CALLS.stream().map(fields::get).anyMatch(calls -> !isEmpty(calls));
  }

  private static boolean isEmpty(Object value) {
    return value == null
        || (value instanceof String text && text.isBlank())
        || (value instanceof List<?> list && list.isEmpty());
  }

  private static Optional<String> present(Map<?, ?> fields, List<String> names) {
    return names.stream()
        .filter(name -> fields.get(name) != null)
        .findFirst()
        .or(() -> names.stream().filter(fields::containsKey).findFirst());
  }
}

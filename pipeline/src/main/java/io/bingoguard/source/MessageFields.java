package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The fields of a message, under the names that corpora give them. A field that is there but null
 * says more than one that is not there, and less than a value.
 */
final class MessageFields {
  /** Fields that say who speaks, whatever stands in them. */
  static final List<String> ROLES = List.of("role", "from");

  /** Fields that say so only if a known speaker stands in them. */
  private static final List<String> SPEAKERS = List.of("author", "speaker", "sender", "type");

  private static final String REFUSAL = "refusal";

  private static final List<String> CONTENTS =
      List.of("content", "value", "text", "parts", "message");

  private static final List<String> TOOL_CALLS =
      List.of("tool_calls", "function_call", "tool_call");

  /** Fields that hold the message where the element only wraps it. */
  private static final List<String> WRAPPERS = List.of("message", "data", "kwargs");

  /** Fields with files, and with what a model thinks before it replies. */
  private static final Set<String> ATTACHED =
      Set.of(
          "attachments",
          "audio",
          "documents",
          "files",
          "images",
          "videos",
          "reasoning",
          "reasoning_content",
          "reasoning_details",
          "thinking",
          "thoughts");

  private static final Set<String> TO_THE_USER = Set.of("", "all", "user", "assistant");

  /** Fields that may hold several words and are about the message. */
  private static final Set<String> ABOUT =
      Set.of(
          "additional_kwargs",
          "annotations",
          "author_name",
          "citations",
          "city",
          "country",
          "created",
          "created_at",
          "date",
          "header",
          "headers",
          "id",
          "language",
          "logprobs",
          "metadata",
          "model",
          "model_name",
          "name",
          "region",
          "response_metadata",
          "sender_name",
          "state",
          "status",
          "time",
          "timestamp",
          "usage",
          "usage_metadata",
          "user_agent");

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

  /** What is said, or why nothing is; null where no field holds anything. */
  Object content() {
    List<Object> held = held();
    return held.stream()
        .filter(value -> MessageContent.of(value).hasText())
        .findFirst()
        .or(() -> held.stream().findFirst())
        .or(() -> ContentParts.transcript(fields))
        .orElseGet(() -> present(fields, CONTENTS).<Object>map(fields::get).orElse(null));
  }

  /** What stands in the fields for content. */
  private List<Object> held() {
    return Stream.concat(CONTENTS.stream(), Stream.of(REFUSAL))
        .<Object>map(fields::get)
        .filter(value -> !isEmpty(value))
        .toList();
  }

  /** Number of files, thoughts and further texts in fields beside the content. */
  int unread() {
    long attached =
        entries()
            .filter(field -> ATTACHED.contains(field.getKey()))
            .mapToLong(field -> attached(field.getKey(), field.getValue()))
            .sum();
    Object content = content();
    long further =
        held().stream()
            .filter(value -> value != content)
            .mapToLong(value -> MessageContent.of(value).unreadBeside(MessageContent.of(content)))
            .sum();
    return Math.toIntExact(attached + further) + otherTexts().size();
  }

  private long attached(Object name, Object value) {
    boolean spoken =
        name.equals("audio") && held().isEmpty() && ContentParts.transcript(fields).isPresent();
    if (spoken || isEmpty(value) || value instanceof Boolean || value instanceof Number) {
      return 0;
    }
    return value instanceof Collection<?> several ? several.size() : 1;
  }

  /** Names of the fields of unknown meaning that hold text. */
  List<String> otherTexts() {
    List<String> names = new ArrayList<>();
    entries()
        .filter(field -> field.getValue() != fields && Prose.isWithin(field.getValue()))
        .map(field -> String.valueOf(field.getKey()))
        .filter(name -> !isKnown(name))
        .forEach(names::add);
    return names;
  }

  private static boolean isKnown(String name) {
    return name.equals(REFUSAL)
        || Stream.of(ROLES, SPEAKERS, CONTENTS, TOOL_CALLS, ATTACHED, ABOUT)
            .anyMatch(names -> names.contains(name));
  }

  private Stream<? extends Map.Entry<?, ?>> entries() {
    return outer == fields
        ? fields.entrySet().stream()
        : Stream.concat(outer.entrySet().stream(), fields.entrySet().stream());
  }

  /**
   * Whether a model speaks to itself, as Harmony's channel tells, or to a tool: a recipient tells
   * so in Harmony and in ChatGPT's exports, where other corpora name people.
   */
  boolean isAside() {
    Object channel = fields.get("channel");
    boolean namesTools =
        "commentary".equals(channel)
            || (fields.get("content") instanceof Map<?, ?> content
                && content.containsKey("content_type"));
    return "analysis".equals(channel)
        || (namesTools
            && fields.get("recipient") instanceof String other
            && !TO_THE_USER.contains(other));
  }

  /** Whether the message calls tools. */
  boolean callsTools() {
    return TOOL_CALLS.stream().map(fields::get).anyMatch(calls -> !isEmpty(calls));
  }

  private static boolean isEmpty(Object value) {
    return value == null
        || (value instanceof String text && text.isBlank())
        || (value instanceof Collection<?> list && list.isEmpty())
        || (value instanceof Map<?, ?> map && map.isEmpty());
  }

  private static Optional<String> present(Map<?, ?> fields, List<String> names) {
    return names.stream()
        .filter(name -> fields.get(name) != null)
        .findFirst()
        .or(() -> names.stream().filter(fields::containsKey).findFirst());
  }
}

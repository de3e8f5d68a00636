package io.bingoguard.source;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of a content that is a list, as the interfaces of OpenAI (Chat Completions, Responses,
 * Assistants), Anthropic, Google and Amazon, and OpenTelemetry's conventions have them. A field
 * that is there but null says nothing, since typed formats give every part the fields of all.
 */
final class ContentParts {
  private static final Set<String> TEXT_TYPES =
      Set.of("text", "input_text", "output_text", "refusal");

  /** Parts that only tell where something begins. */
  private static final Set<String> MARKS = Set.of("step-start", "step_start");

  private static final Set<String> TOOL_FIELDS =
      Set.of(
          "functionCall",
          "functionResponse",
          "function_call",
          "function_response",
          "toolUse",
          "toolResult",
          "executableCode",
          "codeExecutionResult");

  /** Words in the type, or fields, of parts that are known to be no text of the conversation. */
  private static final List<String> OTHER_TYPES =
      List.of("image", "audio", "video", "file", "document", "media", "blob", "uri");

  private static final Set<String> OTHER_FIELDS =
      Set.of(
          "image",
          "image_url",
          "audio",
          "input_audio",
          "video",
          "file",
          "document",
          "inlineData",
          "inline_data",
          "fileData",
          "file_data",
          "reasoningContent");

  /** Fields of a part that hold another part, or parts. */
  private static final List<String> WRAPPERS = List.of("guardContent", "citationsContent");

  private static final List<String> TEXT_FIELDS = List.of("text", "refusal", "content", "value");
  private static final List<String> AUDIO_FIELDS = List.of("audio", "input_audio");

  private final List<String> texts = new ArrayList<>();
  private int others;
  private int unknown;
  private boolean tools;

  private ContentParts() {}

  static MessageContent of(List<?> parts) {
    ContentParts content = new ContentParts();
    parts.forEach(content::add);
    return content.result();
  }

  /** Whether the elements of a list say that they are parts of one content. */
  static boolean areParts(List<?> list) {
    return list.stream()
        .anyMatch(
            element ->
                element instanceof Map<?, ?> fields
                    && (!type(fields).isEmpty()
                        || hasAny(fields, TOOL_FIELDS)
                        || hasAny(fields, OTHER_FIELDS)
                        || wrapped(fields) != null));
  }

  private MessageContent result() {
    if (!texts.isEmpty()) {
      // A part that says nothing leaves no line either.
      String said =
          texts.stream().filter(text -> !text.isEmpty()).collect(Collectors.joining("\n"));
      return new MessageContent.Text(said, others + unknown);
    }
    if (tools) {
      return new MessageContent.Tools();
    }
    return unknown > 0 ? new MessageContent.Unknown() : new MessageContent.Text("", others);
  }

  private void add(Object part) {
    if (part instanceof String text) {
      texts.add(text);
    } else if (part instanceof Map<?, ?> fields) {
      add(fields);
    } else {
      unknown++;
    }
  }

  private void add(Map<?, ?> fields) {
    String type = type(fields);
    if (MARKS.contains(type)) {
      return;
    }
    if (isTool(type) || hasAny(fields, TOOL_FIELDS)) {
      tools = true;
    } else if (isReasoning(type, fields)) {
      others++;
    } else if (wrapped(fields) instanceof Map<?, ?> inner) {
      add(inner);
    } else {
      Optional<String> text = text(fields);
      if (text.isPresent()) {
        texts.add(text.get());
        others += otherTexts(fields);
      } else if (nested(fields) instanceof List<?> nested) {
        nested.forEach(this::add);
      } else if (TEXT_TYPES.contains(type) && saysNothing(fields) && otherTexts(fields) == 0) {
        texts.add("");
      } else if (OTHER_TYPES.stream().anyMatch(type::contains) || hasAny(fields, OTHER_FIELDS)) {
        others++;
      } else {
        unknown++;
      }
    }
  }

  private static String type(Map<?, ?> fields) {
    return Stream.of("type", "content_type")
        .map(fields::get)
        .filter(String.class::isInstance)
        .map(name -> ((String) name).toLowerCase(Locale.ROOT))
        .findFirst()
        .orElse("");
  }

  private static Object wrapped(Map<?, ?> fields) {
    return WRAPPERS.stream()
        .map(fields::get)
        .filter(Map.class::isInstance)
        .findFirst()
        .orElse(null);
  }

  /** Whether a field for text is there and none holds anything. */
  private static boolean saysNothing(Map<?, ?> fields) {
    return TEXT_FIELDS.stream().anyMatch(fields::containsKey) && !hasAny(fields, TEXT_FIELDS);
  }

  private static int otherTexts(Map<?, ?> fields) {
    return (int)
        fields.entrySet().stream()
            .filter(field -> !TEXT_FIELDS.contains(field.getKey()))
            .filter(field -> Prose.is(field.getValue()))
            .count();
  }

  private static boolean isTool(String type) {
    return type.startsWith("tool_")
        || type.startsWith("function_call")
        || type.endsWith("_tool_use")
        || type.endsWith("_tool_result");
  }

  /** What a model thinks before it replies is no part of the reply. */
  private static boolean isReasoning(String type, Map<?, ?> fields) {
    return type.contains("reasoning")
        || type.contains("thinking")
        || Boolean.TRUE.equals(fields.get("thought"));
  }

  private static Optional<String> text(Map<?, ?> fields) {
    Object text = fields.get("text");
    if (text instanceof Map<?, ?> annotated) {
      text = annotated.get(annotated.get("value") == null ? "text" : "value");
    }
    boolean message = isMessage(fields);
    return Stream.of(
            text,
            fields.get("refusal"),
            message ? null : fields.get("content"),
            message ? null : fields.get("value"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst()
        .or(() -> transcript(fields));
  }

  /** What was said aloud, where a part or a message with speech says it in words too. */
  static Optional<String> transcript(Map<?, ?> fields) {
    return Stream.concat(Stream.of(fields), AUDIO_FIELDS.stream().map(fields::get))
        .filter(Map.class::isInstance)
        .map(audio -> ((Map<?, ?>) audio).get("transcript"))
        .filter(String.class::isInstance)
        .map(String.class::cast)
        .findFirst();
  }

  private static Object nested(Map<?, ?> fields) {
    if (isMessage(fields)) {
      return null;
    }
    Object parts = fields.get("parts");
    return parts == null ? fields.get("content") : parts;
  }

  private static boolean isMessage(Map<?, ?> fields) {
    return MessageFields.ROLES.stream().anyMatch(fields::containsKey);
  }

  private static boolean hasAny(Map<?, ?> fields, Collection<String> names) {
    return names.stream().anyMatch(name -> fields.get(name) != null);
  }
}

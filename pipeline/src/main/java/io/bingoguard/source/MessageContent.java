package io.bingoguard.source;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a message's content field may hold. */
final class MessageContent {
  private MessageContent() {}

  /**
   * The text of a content value: text as it is, nothing for null, and of a list of parts those that
   * are text, joined by line breaks. Parts of other kinds, such as images, are left out.
   *
   * @return empty when the value is none of these
   */
  static Optional<String> text(Object value) {
    if (value == null) {
      return Optional.of("");
    }
    if (value instanceof String text) {
      return Optional.of(text);
    }
    return value instanceof List<?> parts
        ? Optional.of(
            parts.stream()
                .map(MessageContent::part)
                .flatMap(Optional::stream)
                .collect(Collectors.joining("\n")))
        : Optional.empty();
  }

  private static Optional<String> part(Object part) {
    Object text = part instanceof Map<?, ?> fields ? fields.get("text") : part;
    return text instanceof String string ? Optional.of(string) : Optional.empty();
  }
}

package io.bingoguard.source;

import java.util.List;
import java.util.Map;

/** What the content of a message comes to. */
sealed interface MessageContent {
  /**
   * Text, which may be empty.
   *
   * @param unreadParts parts beside it that are no text, such as images
   */
  record Text(String text, int unreadParts) implements MessageContent {}

  /** Nothing but tool calls or their results. */
  record Tools() implements MessageContent {}

  /** A value of no known form. */
  record Unknown() implements MessageContent {}

  /** Whether there is text that is more than blanks. */
  default boolean hasText() {
    return this instanceof Text said && !said.text().isBlank();
  }

  /** How much of this content is not read where another one of the same message is. */
  default int unreadBeside(MessageContent read) {
    if (!(this instanceof Text said)) {
      return this instanceof Unknown ? 1 : 0;
    }
    boolean repeated =
        read instanceof Text other && said.text().strip().equals(other.text().strip());
    return said.unreadParts() + (said.text().isBlank() || repeated ? 0 : 1);
  }

  /**
   * The content of a value: text as it is, empty text for null, and of a list of parts, or of one
   * part, those that are text, joined by line breaks.
   */
  static MessageContent of(Object value) {
    if (value == null) {
      return new Text("", 0);
    }
    if (value instanceof String text) {
      return new Text(text, 0);
    }
    if (value instanceof List<?> parts) {
      return ContentParts.of(parts);
    }
    return value instanceof Map<?, ?> part ? ContentParts.of(List.of(part)) : new Unknown();
  }
}

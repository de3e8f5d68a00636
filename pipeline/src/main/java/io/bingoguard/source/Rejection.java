package io.bingoguard.source;

import io.bingoguard.guard.ErrorCode;
import io.bingoguard.guard.LabelStatus;
import io.bingoguard.guard.SafetyLabel;
import java.util.List;

/** Why a piece of input is not judged. Messages name places and types, never conversation text. */
final class Rejection {
  private static final int NAME_SHOWN = 24;

  private Rejection() {}

  static SafetyLabel corruptRecord() {
    return error(
        ErrorCode.SOURCE_CORRUPT_RECORD,
        "the record cannot be read in the corpus's format, or has bytes that are not UTF-8");
  }

  static SafetyLabel emptyConversation() {
    return SafetyLabel.notJudged(
        LabelStatus.SKIPPED_EMPTY,
        ErrorCode.SOURCE_EMPTY_CONVERSATION,
        "the conversation has no user or assistant message");
  }

  static SafetyLabel unknownRole(String place, Object role) {
    return error(
        ErrorCode.SOURCE_UNKNOWN_ROLE,
        "%s has an unknown role: %s".formatted(place, shownRole(role)));
  }

  static SafetyLabel malformedMessage(String place, Object value) {
    return error(
        ErrorCode.SOURCE_MALFORMED_MESSAGE,
        "%s is %s, not an object".formatted(place, typeName(value)));
  }

  static SafetyLabel malformedMessages(Object value) {
    return error(
        ErrorCode.SOURCE_MALFORMED_MESSAGE,
        "the messages are %s, not a list of objects".formatted(typeName(value)));
  }

  static SafetyLabel malformedContent(String place, Object value) {
    return error(
        ErrorCode.SOURCE_MALFORMED_CONTENT,
        "%s has content that is %s, not text%s"
            .formatted(place, typeName(value), value instanceof List ? " parts" : ""));
  }

  static SafetyLabel noContent(String place) {
    return error(ErrorCode.SOURCE_MALFORMED_CONTENT, place + " has no field for its content");
  }

  static SafetyLabel textElsewhere(String place, List<String> fields) {
    return error(
        ErrorCode.SOURCE_MALFORMED_CONTENT,
        "%s has no content, but text in what is not read: %s"
            .formatted(
                place, String.join(", ", fields.stream().map(Rejection::shownName).toList())));
  }

  static SafetyLabel noText(List<String> columns) {
    return error(
        ErrorCode.SOURCE_MALFORMED_CONTENT,
        "the record has none of the columns whose text is judged: " + String.join(", ", columns));
  }

  static SafetyLabel malformedTranscript(String problem) {
    return error(ErrorCode.SOURCE_MALFORMED_TRANSCRIPT, problem);
  }

  private static SafetyLabel error(ErrorCode code, String message) {
    return SafetyLabel.notJudged(LabelStatus.ERROR, code, message);
  }

  private static String shownRole(Object role) {
    return role instanceof String name ? shownName(name) : typeName(role);
  }

  /** A name is shown only when it cannot be conversation text in the wrong place. */
  private static String shownName(String name) {
    return name.length() <= NAME_SHOWN && name.matches("[A-Za-z][A-Za-z0-9_.-]*")
        ? name
        : "text of %d characters".formatted(name.length());
  }

  /** The type of a value, and of the first element of a list. */
  static String shape(Object value) {
    return value instanceof List<?> list && !list.isEmpty()
        ? "a list whose first element is " + typeName(list.get(0))
        : typeName(value);
  }

  static String typeName(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof String) {
      return "text";
    }
    if (value instanceof Number) {
      return "a number";
    }
    if (value instanceof Boolean) {
      return "a boolean";
    }
    if (value instanceof RawBytes) {
      return "bytes that are not UTF-8";
    }
    if (value instanceof List) {
      return "a list";
    }
    return value instanceof java.util.Map ? "an object" : "a " + value.getClass().getSimpleName();
  }
}

package io.bingoguard.source;

import io.bingoguard.guard.LabelProblem;
import io.bingoguard.guard.LabelStatus;
import java.util.Objects;

/**
 * Why a piece of input is not judged. Messages name places and types, never conversation text.
 *
 * @param status status of the row that stands for the piece
 * @param problem what is wrong with it
 */
record Rejection(LabelStatus status, LabelProblem problem) {
  private static final int ROLE_SHOWN = 24;

  Rejection {
    Objects.requireNonNull(status, "status");
    Objects.requireNonNull(problem, "problem");
  }

  static Rejection corruptRecord() {
    return error("SOURCE_CORRUPT_RECORD", "the record cannot be read in the corpus's format");
  }

  static Rejection emptyConversation() {
    return new Rejection(
        LabelStatus.SKIPPED_EMPTY,
        new LabelProblem(
            "SOURCE_EMPTY_CONVERSATION", "the conversation has no user or assistant message"));
  }

  static Rejection unknownRole(String place, Object role) {
    return error(
        "SOURCE_UNKNOWN_ROLE", "%s has an unknown role: %s".formatted(place, shownRole(role)));
  }

  static Rejection malformedMessage(String place, Object value) {
    return error(
        "SOURCE_MALFORMED_MESSAGE", "%s is %s, not an object".formatted(place, typeName(value)));
  }

  static Rejection malformedMessages(Object value) {
    return error(
        "SOURCE_MALFORMED_MESSAGE",
        "the messages are %s, not a list of objects".formatted(typeName(value)));
  }

  static Rejection malformedContent(String place, Object value) {
    return error(
        "SOURCE_MALFORMED_CONTENT",
        "%s has content that is %s, not text".formatted(place, typeName(value)));
  }

  static Rejection malformedTranscript(String problem) {
    return error("SOURCE_MALFORMED_TRANSCRIPT", problem);
  }

  private static Rejection error(String code, String message) {
    return new Rejection(LabelStatus.ERROR, new LabelProblem(code, message));
  }

  /** A role is shown only when it cannot be conversation text in the wrong field. */
  private static String shownRole(Object role) {
    if (role instanceof String name) {
      return name.length() <= ROLE_SHOWN && name.matches("[A-Za-z][A-Za-z0-9_.-]*")
          ? name
          : "text of %d characters".formatted(name.length());
    }
    return typeName(role);
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
    if (value instanceof java.util.List) {
      return "a list";
    }
    return value instanceof java.util.Map ? "an object" : "a " + value.getClass().getSimpleName();
  }
}

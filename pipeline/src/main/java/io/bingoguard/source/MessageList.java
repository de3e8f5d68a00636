package io.bingoguard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a column with a list of messages in either spelling of their fields. */
final class MessageList {
  private static final List<String> ROLES = List.of("role", "from");
  private static final List<String> CONTENTS = List.of("content", "value", "text");

  private MessageList() {}

  /** The turns of a list, of the JSON text of one, or of nothing. */
  static List<Turn> turns(Optional<Object> column) {
    if (column.isEmpty() || (column.get() instanceof String text && text.isBlank())) {
      return List.of();
    }
    Optional<List<?>> list = list(column.get());
    if (list.isEmpty()) {
      return List.of(
          new Turn.Rejected(
              Rejection.malformedMessages(column.get()), String.valueOf(column.get())));
    }
    List<Turn> turns = new ArrayList<>(list.get().size());
    for (Object element : list.get()) {
      turns.add(turn("message " + (turns.size() + 1), element));
    }
    return turns;
  }

  /** The value as a list; CSV files hold lists as JSON text. */
  static Optional<List<?>> list(Object value) {
    if (value instanceof List<?> list) {
      return Optional.of(list);
    }
    return value instanceof String text ? Json.list(text) : Optional.empty();
  }

  /** The field that says who speaks, if the element is a message. */
  static Optional<String> roleField(Object element) {
    return element instanceof Map<?, ?> fields ? present(fields, ROLES) : Optional.empty();
  }

  /** A message at a place that errors may name. */
  private static Turn turn(String place, Object element) {
    if (!(element instanceof Map<?, ?> fields)) {
      return new Turn.Rejected(Rejection.malformedMessage(place, element), String.valueOf(element));
    }
    Object role = present(fields, ROLES).<Object>map(fields::get).orElse(null);
    Object content = present(fields, CONTENTS).<Object>map(fields::get).orElse(null);
    return turn(place, role, content);
  }

  /** A message of a role and a content that are still to be trusted. */
  static Turn turn(String place, Object role, Object content) {
    Optional<MessageRole> known =
        role instanceof String name ? MessageRole.of(name) : Optional.empty();
    if (known.isEmpty()) {
      return new Turn.Rejected(Rejection.unknownRole(place, role), role + "\n" + content);
    }
    return MessageContent.text(content)
        .<Turn>map(text -> new Turn.Message(known.get(), text))
        .orElseGet(() -> rejectedContent(known.get(), place, content));
  }

  private static Turn rejectedContent(MessageRole role, String place, Object content) {
    return role == MessageRole.CONTEXT
        ? new Turn.Message(role, String.valueOf(content))
        : new Turn.Rejected(Rejection.malformedContent(place, content), String.valueOf(content));
  }

  private static Optional<String> present(Map<?, ?> fields, List<String> names) {
    // A field that is there but null says more than one that is not there, and less than a value.
    return names.stream()
        .filter(name -> fields.get(name) != null)
        .findFirst()
        .or(() -> names.stream().filter(fields::containsKey).findFirst());
  }
}

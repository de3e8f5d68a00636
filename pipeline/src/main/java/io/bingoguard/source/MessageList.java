package io.bingoguard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads a column with a list of messages. */
final class MessageList {
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

  /** The same, told apart where messages branch off. */
  static List<List<Turn>> branches(Optional<Object> column) {
    List<Turn> turns = turns(column);
    return column
        .flatMap(MessageList::list)
        .map(list -> MessageBranches.of(list, turns))
        .orElseGet(() -> List.of(turns));
  }

  /** The value as a list; CSV files hold lists as JSON text. */
  static Optional<List<?>> list(Object value) {
    if (value instanceof List<?> list) {
      return Optional.of(list);
    }
    return value instanceof String text ? Json.list(text) : Optional.empty();
  }

  /** Whether a list has messages, and nothing else. */
  static boolean isOfMessages(List<?> list) {
    return !list.isEmpty()
        && list.stream().allMatch(element -> MessageFields.roleField(element).isPresent());
  }

  /** A message at a place that errors may name. */
  static Turn turn(String place, Object element) {
    if (!(element instanceof Map<?, ?> map)) {
      return new Turn.Rejected(Rejection.malformedMessage(place, element), String.valueOf(element));
    }
    MessageFields fields = MessageFields.of(map);
    Turn turn = turn(place, fields.role(), fields.content());
    if (!(turn instanceof Turn.Message message) || turn.isContext()) {
      return turn;
    }
    boolean aside = message.role() == MessageRole.ASSISTANT && fields.isAside();
    if (aside || (message.text().isBlank() && fields.callsTools())) {
      return new Turn.Message(MessageRole.CONTEXT, message.text());
    }
    if (!fields.hasContent()) {
      return new Turn.Rejected(Rejection.noContent(place), String.valueOf(map));
    }
    List<String> others = fields.otherTexts();
    return message.text().isBlank() && message.unreadParts() == 0 && !others.isEmpty()
        ? new Turn.Rejected(Rejection.textElsewhere(place, others), String.valueOf(map))
        : message.withUnread(fields.unread());
  }

  /** A message of a role and a content that are still to be trusted. */
  static Turn turn(String place, Object role, Object content) {
    Optional<MessageRole> known =
        role instanceof String name ? MessageRole.of(name) : Optional.empty();
    if (known.isEmpty()) {
      return new Turn.Rejected(Rejection.unknownRole(place, role), role + "\n" + content);
    }
    return turn(place, known.get(), content);
  }

  /** What a known speaker says; nothing but tool calls or results is no message of theirs. */
  static Turn turn(String place, MessageRole role, Object content) {
    MessageContent found = MessageContent.of(content);
    if (found instanceof MessageContent.Text said) {
      return new Turn.Message(role, said.text(), said.unreadParts());
    }
    return found instanceof MessageContent.Tools || role == MessageRole.CONTEXT
        ? new Turn.Message(MessageRole.CONTEXT, String.valueOf(content))
        : new Turn.Rejected(Rejection.malformedContent(place, content), String.valueOf(content));
  }
}

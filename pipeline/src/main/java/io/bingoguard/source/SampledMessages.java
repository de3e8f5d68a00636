package io.bingoguard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * The messages in some values of a column, looked at together.
 *
 * @param turns what they were read as; system and tool messages are left out
 * @param fields names of their fields that hold something
 * @param otherTexts names of the fields that are not read and hold text
 */
record SampledMessages(List<Turn> turns, SortedSet<String> fields, SortedSet<String> otherTexts) {
  static SampledMessages of(List<Object> values) {
    List<Turn> turns = new ArrayList<>();
    SortedSet<String> fields = new TreeSet<>();
    SortedSet<String> otherTexts = new TreeSet<>();
    for (Object value : values) {
      for (Object element : MessageList.list(value).orElse(List.of())) {
        Map<?, ?> message = element instanceof Map<?, ?> map ? map : Map.of();
        Turn turn = MessageList.turn("a message", element);
        // An element of nulls stands for the type of a list, and is no message.
        if (!turn.isContext() && message.values().stream().anyMatch(Objects::nonNull)) {
          turns.add(turn);
          message.entrySet().stream()
              .filter(field -> field.getValue() != null)
              .forEach(field -> fields.add(String.valueOf(field.getKey())));
          otherTexts.addAll(MessageFields.of(message).otherTexts());
        }
      }
    }
    return new SampledMessages(turns, fields, otherTexts);
  }

  /** What messages say that say something. */
  List<String> texts() {
    return turns.stream()
        .filter(Turn.Message.class::isInstance)
        .map(Turn::text)
        .filter(text -> !text.isBlank())
        .toList();
  }

  int count() {
    return turns.size();
  }

  /** Whether there is text in a message, or nothing that could be taken for one was seen. */
  boolean showContent() {
    boolean text =
        turns.stream()
            .anyMatch(
                turn ->
                    turn instanceof Turn.Message said
                        && (!said.text().isBlank() || said.unreadParts() > 0));
    boolean allRejected = turns.stream().allMatch(Turn.Rejected.class::isInstance);
    return turns.isEmpty() || text || (!allRejected && otherTexts.isEmpty());
  }
}

package io.bingoguard.source;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads the conversation of a record, whatever its schema; message rows have none of their own. */
final class RecordTurns {
  private RecordTurns() {}

  /**
   * The alternatives that a record holds: each is a conversation, several are replies to one
   * prompt. At least one.
   */
  static List<List<Turn>> alternatives(CorpusLayout layout, Map<String, Object> fields) {
    return switch (layout.schema()) {
      case MESSAGES, SHAREGPT ->
          List.of(MessageList.turns(layout.value(ColumnPart.MESSAGES, fields)));
      case TRANSCRIPT -> List.of(Transcript.turns(layout.value(ColumnPart.TRANSCRIPT, fields)));
      case PAIRS -> pairs(layout, fields);
      case MESSAGE_ROWS -> throw new IllegalStateException("message rows are read as trees");
    };
  }

  private static List<List<Turn>> pairs(CorpusLayout layout, Map<String, Object> fields) {
    List<Turn> prompt = new ArrayList<>();
    layout
        .value(ColumnPart.PROMPT, fields)
        .map(value -> withContext(value, layout.value(ColumnPart.CONTEXT, fields)))
        .ifPresent(value -> prompt.add(turn(MessageRole.USER, "the prompt", value)));
    List<List<Turn>> alternatives = new ArrayList<>();
    for (String column : layout.columns(ColumnPart.RESPONSE)) {
      Object response = fields.get(column);
      if (response != null) {
        List<Turn> turns = new ArrayList<>(prompt);
        turns.add(turn(MessageRole.ASSISTANT, "the response", response));
        alternatives.add(turns);
      }
    }
    return alternatives.isEmpty() ? List.of(prompt) : alternatives;
  }

  private static Object withContext(Object instruction, Optional<Object> context) {
    return instruction instanceof String text
            && context.isPresent()
            && context.get() instanceof String more
            && !more.isBlank()
        ? text + "\n\n" + more
        : instruction;
  }

  private static Turn turn(MessageRole role, String place, Object value) {
    return MessageContent.text(value)
        .<Turn>map(text -> new Turn.Message(role, text))
        .orElseGet(
            () ->
                new Turn.Rejected(Rejection.malformedContent(place, value), String.valueOf(value)));
  }
}

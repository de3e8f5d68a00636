package io.bingoguard.source;

import java.util.List;
import java.util.Map;

/** Reads the conversation of a record, whatever its schema; message rows have none of their own. */
final class RecordTurns {
  private RecordTurns() {}

  /**
   * The alternatives that a record holds: each is a conversation, several are replies to one
   * prompt. At least one.
   */
  static List<List<Turn>> alternatives(CorpusLayout layout, Map<String, Object> fields) {
    if (!layout.hasText(fields)) {
      // Said in another way than the corpus's, or not said: that is not the same as empty text.
      return List.of(
          List.of(
              new Turn.Rejected(
                  Rejection.noText(layout.textColumnNames()), String.valueOf(fields))));
    }
    return switch (layout.schema()) {
      case MESSAGES, SHAREGPT -> MessageList.branches(layout.value(ColumnPart.MESSAGES, fields));
      case TRANSCRIPT -> List.of(Transcript.turns(layout.value(ColumnPart.TRANSCRIPT, fields)));
      case PAIRS -> PairTurns.alternatives(layout, fields);
      case MESSAGE_ROWS -> throw new IllegalStateException("message rows are read as trees");
    };
  }
}

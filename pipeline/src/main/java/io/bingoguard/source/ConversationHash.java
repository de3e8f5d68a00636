package io.bingoguard.source;

import io.bingoguard.guard.Sha256;
import java.util.ArrayList;
import java.util.List;

/**
 * The id of a conversation that has none: {@link Sha256} over, for each turn, its speaker ({@code
 * USER}, {@code ASSISTANT}, {@code CONTEXT} for system and tool messages, or the error code of what
 * is no message) and its text. Equal conversations share an id whatever their schema.
 */
final class ConversationHash {
  private ConversationHash() {}

  static String of(List<List<Turn>> alternatives) {
    List<String> texts = new ArrayList<>();
    for (List<Turn> turns : alternatives) {
      for (Turn turn : turns) {
        texts.add(turn.speaker());
        texts.add(turn.text());
      }
    }
    return Sha256.of(texts);
  }
}

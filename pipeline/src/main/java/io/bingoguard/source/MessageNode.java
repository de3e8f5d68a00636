package io.bingoguard.source;

import java.util.Objects;
import java.util.Optional;

/**
 * A message row of a tree.
 *
 * @param id the message's own id
 * @param parentId id of the message that it answers
 * @param turn what it says
 * @param facts what is said about it besides
 */
record MessageNode(
    Optional<String> id, Optional<String> parentId, Turn turn, ConversationFacts facts) {
  MessageNode {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(parentId, "parentId");
    Objects.requireNonNull(turn, "turn");
    Objects.requireNonNull(facts, "facts");
  }
}

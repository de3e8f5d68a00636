package io.bingoguard.source;

import io.bingoguard.guard.SafetyLabel;
import io.bingoguard.guard.WellFormed;
import java.util.Objects;

/** One message of a conversation, or what stands where a message should be. */
sealed interface Turn {
  /** Name under which the turn enters the conversation's hash. */
  String speaker();

  /** Text under which the turn enters the conversation's hash. */
  String text();

  /** Whether it is a system or tool message, which is not judged. */
  default boolean isContext() {
    return this instanceof Message message && message.role() == MessageRole.CONTEXT;
  }

  /**
   * A message with a known speaker.
   *
   * @param unreadParts parts of it that are not judged, such as images
   */
  record Message(MessageRole role, String text, int unreadParts) implements Turn {
    public Message {
      Objects.requireNonNull(role, "role");
      text = WellFormed.of(text);
    }

    Message(MessageRole role, String text) {
      this(role, text, 0);
    }

    /** The same message, with more of it that is not judged. */
    Message withUnread(int more) {
      return more == 0 ? this : new Message(role, text, unreadParts + more);
    }

    @Override
    public String speaker() {
      return role.name();
    }
  }

  /** A message that cannot be judged, with whatever text tells it from others. */
  record Rejected(SafetyLabel label, String text) implements Turn {
    public Rejected {
      Objects.requireNonNull(label, "label");
      Objects.requireNonNull(text, "text");
    }

    @Override
    public String speaker() {
      return label.problem().orElseThrow().code().name();
    }
  }
}

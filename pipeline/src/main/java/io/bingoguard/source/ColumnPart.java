package io.bingoguard.source;

import java.util.Locale;
import java.util.Set;

/** What a column holds, as the extraction sees it; finer than what users can name. */
enum ColumnPart {
  ID,
  MESSAGES,
  TRANSCRIPT,
  PROMPT,
  /** Text that belongs to the prompt and follows it, as Alpaca's {@code input}. */
  CONTEXT,
  RESPONSE,
  /** A prompt that is a list of messages, the last of which is answered. */
  PROMPT_MESSAGES,
  /** A reply that is a list of messages, or of choices each of which is a reply. */
  RESPONSE_MESSAGES,
  /** A list of texts: every user message of a conversation. */
  PROMPT_TURNS,
  /** A list of texts: every reply of a conversation. */
  RESPONSE_TURNS,
  MESSAGE_ID,
  PARENT_ID,
  TEXT,
  ROLE,
  LANGUAGE,
  TIMESTAMP,
  SOURCE;

  /** Parts whose text is judged. */
  static final Set<ColumnPart> TEXTS =
      Set.of(
          MESSAGES,
          TRANSCRIPT,
          PROMPT,
          CONTEXT,
          RESPONSE,
          PROMPT_MESSAGES,
          RESPONSE_MESSAGES,
          PROMPT_TURNS,
          RESPONSE_TURNS,
          TEXT);

  /** Parts that hold lists of messages. */
  static final Set<ColumnPart> MESSAGE_LISTS = Set.of(MESSAGES, PROMPT_MESSAGES, RESPONSE_MESSAGES);

  /** Parts that hold replies, where these have columns of their own. */
  static final Set<ColumnPart> RESPONSES = Set.of(RESPONSE, RESPONSE_MESSAGES, RESPONSE_TURNS);

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

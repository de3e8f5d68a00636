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
  MESSAGE_ID,
  PARENT_ID,
  TEXT,
  ROLE,
  LANGUAGE,
  TIMESTAMP,
  SOURCE;

  /** Parts whose text is judged. */
  static final Set<ColumnPart> TEXTS =
      Set.of(MESSAGES, TRANSCRIPT, PROMPT, CONTEXT, RESPONSE, TEXT);

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}

package io.bingoguard.source;

import java.util.Locale;

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

  String key() {
    return name().toLowerCase(Locale.ROOT);
  }
}
